// Administration: who there is, what is missing, by which rules; and the accounts.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/core/names.h"
#include "google/protobuf/text_format.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace routing = ccfa::routing::v1;

constexpr int kListed = 500;

void AddGaps(const Visit& visit, Page& page) {
  routing::ListGapsRequest request;
  request.set_parent(visit.parent());
  request.set_date(absl::FormatTime("%Y-%m-%d", visit.now, absl::UTCTimeZone()));
  auto response = visit.Ask<routing::ListGapsResponse>(request);
  if (!response.ok()) return;
  Table table{.caption = "What the teams lack",
              .columns = {"Where", "What", "In words"},
              .if_none = "Nothing."};
  for (const routing::Gap& gap : response->gaps())
    table.rows.push_back({LinkTo(gap.of()), WordsOf(gap.kind()), gap.what()});
  page.blocks.push_back(std::move(table));
}

void AddAgencies(const Visit& visit, Page& page) {
  routing::ListAgenciesRequest request;
  request.set_parent(visit.parent());
  request.set_page_size(kListed);
  auto response = visit.Ask<routing::ListAgenciesResponse>(request);
  if (!response.ok()) return;
  Table table{.caption = "Agencies", .columns = {"Agency", "Id", "Kind", "How the law sees it"}};
  for (const routing::Agency& agency : response->agencies()) {
    table.rows.push_back({agency.title(), std::string(LastId(agency.name())), agency.kind(),
                          WordsOf(agency.standing())});
  }
  page.blocks.push_back(std::move(table));
}

void AddCouncillors(const Visit& visit, Page& page) {
  routing::ListCouncillorsRequest request;
  request.set_parent(visit.parent());
  request.set_page_size(kListed);
  auto response = visit.Ask<routing::ListCouncillorsResponse>(request);
  if (!response.ok()) return;
  Table table{.caption = "Councillors", .columns = {"Councillor", "Ward"}};
  for (const routing::Councillor& councillor : response->councillors())
    table.rows.push_back(
        {std::string(LastId(councillor.name())), std::string(LastId(councillor.ward()))});
  page.blocks.push_back(std::move(table));
}

void AddRules(const Visit& visit, Page& page) {
  routing::GetCouncilConfigRequest request;
  request.set_name(visit.parent());
  auto config = visit.Ask<ccfa::config::v1::CouncilConfig>(request);
  if (!config.ok()) return;
  std::string text;
  google::protobuf::TextFormat::PrintToString(*config, &text);
  page.blocks.push_back(Heading{"Clocks, categories and the other rules"});
  page.blocks.push_back(
      Paragraph{"As they are in force, with the defaults. A council changes them as a file: "
                "ccfactl config."});
  page.blocks.push_back(Paragraph{std::move(text)});
}

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  return absl::StrJoin(texts, ", ");
}

Summary RightsOf(const ccfa::identity::v1::Account& account) {
  Summary summary;
  summary.Add("State",
              account.disabled() ? Cell::Tag("Closed", "grey") : Cell::Tag("Open", "green"));
  summary.Add("Roles", Joined(account.roles()));
  summary.Add("Councils", Joined(account.councils()));
  summary.Add("Wards", Joined(account.wards()));
  summary.Add("Agency", account.agency());
  summary.Add("Codes", account.has_totp() ? "Needed at every sign-in" : "None");
  summary.Add("Opened", WhenOf(account.create_time()));
  return summary;
}

}  // namespace

absl::StatusOr<Page> AdministrationPage(const Visit& visit) {
  if (!visit.visitor.Has("administrator"))
    return absl::PermissionDeniedError("Administration is for administrators.");
  Page page{.title = "Administration", .live = visit.council};
  Links links = CommandsFor(visit, visit.name, "", "");
  links.links.push_back({"Teams", absl::StrCat("/", visit.parent(), "/teams")});
  if (visit.visitor.May("ccfa.identity.v1.IdentityService", "ListAccounts"))
    links.links.push_back({"Accounts", "/accounts"});
  page.blocks.push_back(std::move(links));
  AddGaps(visit, page);
  AddAgencies(visit, page);
  AddCouncillors(visit, page);
  AddRules(visit, page);
  return page;
}

absl::StatusOr<Page> AccountsPage(const Visit& visit) {
  Page page{.title = "Accounts"};
  page.blocks.push_back(CommandsFor(visit, "", "", ""));
  if (!visit.visitor.May("ccfa.identity.v1.IdentityService", "ListAccounts")) return page;
  auto response = visit.Ask<ccfa::identity::v1::ListAccountsResponse>(
      ccfa::identity::v1::ListAccountsRequest());
  if (!response.ok()) return response.status();
  Table table{.caption = "Accounts", .columns = {"Name", "Roles", "Councils", "State"}};
  for (const ccfa::identity::v1::Account& account : response->accounts()) {
    table.rows.push_back({LinkTo(account.name()), Joined(account.roles()),
                          Joined(account.councils()),
                          account.disabled() ? Cell::Tag("Closed", "grey") : Cell("Open")});
  }
  page.blocks.push_back(std::move(table));
  return page;
}

absl::StatusOr<Page> AccountPage(const Visit& visit) {
  auto response = visit.Ask<ccfa::identity::v1::ListAccountsResponse>(
      ccfa::identity::v1::ListAccountsRequest());
  if (!response.ok()) return response.status();
  for (const ccfa::identity::v1::Account& account : response->accounts()) {
    if (account.name() != visit.name) continue;
    Page page{.title = std::string(LastId(account.name())),
              .kind = "Account",
              .back = {"Accounts", "/accounts"}};
    page.blocks = {RightsOf(account), CommandsFor(visit, visit.name, "", "")};
    return page;
  }
  return absl::NotFoundError("There is no such account.");
}

}  // namespace ccfa::gateway::console
