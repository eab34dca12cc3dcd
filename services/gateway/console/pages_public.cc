// For anybody: the first page, and where a call stands by its reference number (F79).

#include "absl/strings/str_cat.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/gateway/console/choices.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace insight = ccfa::insight::v1;

Form TrackForm(const Visit& visit, std::vector<Option> councils) {
  Form form{.id = "track", .action = "/track", .only_asks = true, .button = "Show where it stands"};
  std::string council = visit.query.Get("council");
  if (!councils.empty() && councils.front().value.empty()) councils.erase(councils.begin());
  for (Option& option : councils) option.value = std::string(LastId(option.value));
  form.inputs = {{.name = "number",
                  .label = "Reference number",
                  .hint = "2026-000001",
                  .value = visit.query.Get("number")},
                 {.name = "council",
                  .label = "Council",
                  .kind = Input::Kind::kChoice,
                  .value = council,
                  .options = std::move(councils)}};
  return form;
}

}  // namespace

absl::StatusOr<Page> StartPage(const Visit& visit) {
  const std::vector<Option> councils = CouncilChoices(visit);
  Page page{.title = "What happened to a call?"};
  page.blocks.push_back(Paragraph{
      "When something bad persists where you live, your councillor can call for action. Here you "
      "see where such a call stands, who has it, and what is next."});
  page.blocks.push_back(TrackForm(visit, councils));
  Links published;
  for (const Option& council : councils) {
    if (!council.value.empty())
      published.links.push_back({council.text, absl::StrCat("/", council.value, "/published")});
  }
  page.blocks.push_back(Heading{"You said, we did"});
  page.blocks.push_back(std::move(published));
  page.blocks.push_back(Heading{"For those who work on calls"});
  page.blocks.push_back(Links{{{"Sign in", "/sign-in"}}});
  return page;
}

absl::StatusOr<Page> TrackPage(const Visit& visit) {
  const std::string council = visit.query.Get("council"), number = visit.query.Get("number");
  Page page{.title = "Where a call stands", .back = {"Start", "/"}};
  Form form = TrackForm(visit, CouncilChoices(visit));
  if (!IsId(number) || !IsId(council)) {
    form.inputs[0].error = "Give the reference number that you were told, such as 2026-000001";
    page.status = 400;
    page.blocks.push_back(std::move(form));
    return page;
  }
  insight::GetPublicCallRequest request;
  request.set_name(absl::StrCat("councils/", council, "/calls/", number));
  auto call = visit.Ask<insight::PublicCall>(request);
  if (call.status().code() == absl::StatusCode::kNotFound) {
    form.inputs[0].error = "There is no call of that number at this council";
    page.status = 404;
    page.blocks.push_back(std::move(form));
    return page;
  }
  if (!call.ok()) return call.status();
  page.title = absl::StrCat("Call ", call->reference());
  Summary summary;
  summary.Add("Where it stands", call->standing());
  summary.Add("Who has it", call->with());
  summary.Add("What is next", call->next());
  summary.Add("Within", call->within());
  summary.Add("What came of it", WordsOf(call->outcome()));
  summary.Add("Logged in", call->log_month());
  summary.Add("Last step in", call->update_month());
  page.blocks.push_back(std::move(summary));
  page.blocks.push_back(Paragraph{
      "More than this is not shown to everybody: numbers can be guessed, and nobody is to be found "
      "by them. Ask your councillor for more."});
  page.blocks.push_back(std::move(form));
  return page;
}

}  // namespace ccfa::gateway::console
