// What a person has to do: their start page, an officer's actions, a team's meeting.

#include "absl/strings/str_cat.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/core/names.h"
#include "services/gateway/console/call_lists.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace insight = ccfa::insight::v1;
namespace routing = ccfa::routing::v1;
namespace sara = ccfa::sara::v1;
namespace scrutiny = ccfa::scrutiny::v1;

constexpr int kFirst = 20;

std::string TitleOfCouncil(const Visit& visit) {
  routing::GetCouncilRequest request;
  request.set_name(visit.parent());
  auto council = visit.Ask<routing::Council>(request);
  return council.ok() ? council->title() : visit.council;
}

/// The first calls of a state, with the rest behind a link.
void AddCalls(const Visit& visit, insight::StoryState state, const std::string& caption,
              Page& page) {
  insight::ListCallsRequest request;
  request.set_parent(visit.parent());
  request.set_state(state);
  request.set_page_size(kFirst);
  auto response = visit.Ask<insight::ListCallsResponse>(request);
  if (!response.ok()) return;
  Table table{.caption = caption, .columns = {"Call", "What", "Logged", "What is next"}};
  for (const insight::CallStory& call : response->calls()) {
    table.rows.push_back(
        {LinkTo(call.name()), call.details().summary(), DayOf(call.log_time()), call.next()});
  }
  if (!response->next_page_token().empty()) {
    table.next = absl::StrCat("/", visit.parent(), "/calls?state=", insight::StoryState_Name(state),
                              "&after=", Escaped(response->next_page_token()));
  }
  page.blocks.push_back(std::move(table));
}

void AddOverdue(const Visit& visit, Page& page) {
  scrutiny::ListOverdueRequest request;
  request.set_parent(visit.parent());
  auto response = visit.Ask<scrutiny::ListOverdueResponse>(request);
  if (!response.ok()) return;
  Table table{.caption = "What scrutiny is owed",
              .columns = {"What", "Who is late", "Since", "Days"},
              .if_none = "Nothing is overdue."};
  for (const scrutiny::OverdueItem& item : response->items()) {
    table.rows.push_back({LinkTo(item.name(), WordsOf(item.kind())), TitleOf(LastId(item.who())),
                          item.due_date(), absl::StrCat(item.days_late())});
  }
  page.blocks.push_back(std::move(table));
}

Table AgendaOf(const Visit& visit) {
  Table table{.caption = "Agenda", .columns = {"What", "Why", "About"}};
  sara::GetAgendaRequest request;
  request.set_name(visit.name);
  auto agenda = visit.Ask<sara::Agenda>(request);
  if (!agenda.ok()) return table;
  for (const sara::AgendaItem& item : agenda->items()) {
    const bool is_name = CouncilOf(item.subject()) == visit.council;
    table.rows.push_back({item.what(), WordsOf(item.kind()),
                          is_name ? LinkTo(item.subject()) : Cell(item.subject())});
  }
  return table;
}

}  // namespace

absl::StatusOr<Page> CouncilsPage(const Visit& visit) {
  routing::ListCouncilsRequest request;
  request.set_page_token(visit.query.Get("after"));
  auto response = visit.Ask<routing::ListCouncilsResponse>(request);
  if (!response.ok()) return response.status();
  Table table{.caption = "Councils",
              .columns = {"Council", "Code", "Kind"},
              .next = NextOf("/councils", visit, response->next_page_token())};
  for (const routing::Council& council : response->councils()) {
    if (!visit.visitor.who.IsOf(LastId(council.name()))) continue;
    table.rows.push_back({LinkTo(council.name(), council.title()),
                          std::string(LastId(council.name())), council.kind()});
  }
  Page page{.title = "Councils"};
  page.blocks.push_back(std::move(table));
  return page;
}

absl::StatusOr<Page> HomePage(const Visit& visit) {
  if (!visit.visitor.who.IsOf(visit.council))
    return absl::PermissionDeniedError("Your account is not one of this council's.");
  Page page{.title = TitleOfCouncil(visit), .live = visit.council};
  const Visitor& visitor = visit.visitor;
  Links links;
  for (const std::string& ward : visitor.who.wards)
    links.links.push_back(
        {"Your ward: " + ward, absl::StrCat("/", visit.parent(), "/wards/", ward)});
  if (visitor.May("ccfa.intake.v1.IntakeService", "LogCall"))
    links.links.push_back({"Log a call", absl::StrCat("/", visit.parent(), "/calls/new")});
  if (visitor.Has("officer"))
    links.links.push_back({"Your actions", absl::StrCat("/", visit.parent(), "/actions")});
  page.blocks.push_back(std::move(links));
  if (visitor.Has("coordinator") || visitor.Has("administrator")) {
    AddCalls(visit, insight::STORY_STATE_LOGGED, "To be screened", page);
    AddCalls(visit, insight::STORY_STATE_TRIAGE, "To be given to a team", page);
  }
  if (visitor.Has("councillor"))
    AddCalls(visit, insight::STORY_STATE_MORE_INFORMATION_NEEDED, "Waiting for information", page);
  if (visitor.Has("scrutiny") || visitor.Has("committee") || visitor.Has("administrator")) {
    AddCalls(visit, insight::STORY_STATE_WITH_SCRUTINY, "With scrutiny", page);
    AddOverdue(visit, page);
  }
  return page;
}

absl::StatusOr<Page> ActionsPage(const Visit& visit) {
  if (visit.visitor.who.agency.empty())
    return absl::PermissionDeniedError("Actions are asked of agencies, and your account has none.");
  const bool all = !visit.query.Get("all").empty();
  sara::ListActionsRequest request;
  request.set_name(absl::StrCat(visit.parent(), "/agencies/", visit.visitor.who.agency));
  request.set_waiting(!all);
  request.set_page_token(visit.query.Get("after"));
  auto actions = visit.Ask<sara::ListActionsResponse>(request);
  if (!actions.ok()) return actions.status();
  const std::string path = absl::StrCat("/", visit.parent(), "/actions");
  Table table{
      .caption = "Asked of " + TitleOf(visit.visitor.who.agency),
      .columns = {"What", "By", "Officer", "State"},
      .if_none = all ? "Nothing was ever asked of your agency." : "Nothing waits for your agency.",
      .next = NextOf(path, visit, actions->next_page_token())};
  for (const sara::Action& action : actions->actions()) {
    table.rows.push_back({LinkTo(action.name(), action.description()), action.due_date(),
                          action.officer(),
                          action.overdue() ? Cell::Tag("Overdue", "red")
                                           : Cell::Tag(WordsOf(action.state()), "blue")});
  }
  Page page{.title = "My actions", .live = visit.council};
  page.blocks.push_back(std::move(table));
  page.blocks.push_back(Links{{all ? Link{"Only what waits for us", path}
                                   : Link{"All that was ever asked", path + "?all=yes"}}});
  return page;
}

absl::StatusOr<Page> TeamMeetingPage(const Visit& visit) {
  sara::GetTeamMeetingRequest request;
  request.set_name(visit.name);
  auto meeting = visit.Ask<sara::TeamMeeting>(request);
  if (!meeting.ok()) return meeting.status();
  Page page{.title = absl::StrCat("Meeting of ", LastId(visit.name)),
            .kind = "Team meeting",
            .back = {"Team", absl::StrCat("/", ParentOf(visit.name))},
            .live = visit.council};
  Summary summary;
  summary.Add("State", WordsOf(meeting->state()));
  summary.Add("Members present", absl::StrCat(meeting->members_present(), " of the ",
                                              meeting->quorum(), " it takes to decide"));
  std::vector<Cell> missing(meeting->missing().begin(), meeting->missing().end());
  summary.Add("Missing", std::move(missing));
  page.blocks.push_back(std::move(summary));
  page.blocks.push_back(
      CommandsFor(visit, visit.name, sara::MeetingState_Name(meeting->state()), meeting->etag()));
  page.blocks.push_back(AgendaOf(visit));
  Table decisions{.caption = "Decisions", .columns = {"No.", "What", "About"}};
  for (const sara::TeamDecision& decision : meeting->decisions()) {
    decisions.rows.push_back(
        {absl::StrCat(decision.number()), decision.text(), LinkTo(decision.problem())});
  }
  Table log{.caption = "To do", .columns = {"What", "Who", "By", "State"}};
  for (const sara::LogItem& item : meeting->action_log()) {
    log.rows.push_back({item.what(), item.who(), item.by_date(),
                        item.done() ? Cell::Tag("Done", "green") : Cell("Open")});
  }
  page.blocks.push_back(std::move(decisions));
  page.blocks.push_back(std::move(log));
  return page;
}

}  // namespace ccfa::gateway::console
