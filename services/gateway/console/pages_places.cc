// Where calls are: triage, the wards (F78), the teams and their boards.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
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

constexpr int kItemsAPage = 100, kMeetings = 5, kCardsAColumn = 25, kMostInHand = 200;

/// The first problems in a state; of every team where none is named.
absl::StatusOr<sara::ListProblemsResponse> ProblemsIn(const Visit& visit, const std::string& team,
                                                      sara::ProblemState state, int page_size) {
  sara::ListProblemsRequest request;
  request.set_parent(visit.parent());
  request.set_team(team);
  request.set_state(state);
  request.set_page_size(page_size);
  return visit.Ask<sara::ListProblemsResponse>(request);
}

/// The column of the board that a problem stands in.
std::string ColumnOf(const sara::Problem& problem) {
  if (problem.rung() == sara::RUNG_SCRUTINY) return "With scrutiny";
  if (problem.state() == sara::PROBLEM_STATE_QUEUED) return "Queue";
  if (problem.state() == sara::PROBLEM_STATE_PARKED) return "Parked";
  return WordsOf(problem.stage());
}

Board::Card CardOf(const sara::Problem& problem) {
  Board::Card card{.title = {problem.title(), "/" + problem.name()}};
  if (problem.priority() > 0)
    card.facts.push_back(Cell::Tag(absl::StrCat("Priority ", problem.priority()), "purple"));
  std::string calls =
      absl::StrCat(problem.calls_size(), problem.calls_size() == 1 ? " call" : " calls");
  if (problem.affected() > 0) absl::StrAppend(&calls, ", ", problem.affected(), " affected");
  card.facts.emplace_back(std::move(calls));
  const auto& actions = problem.actions();
  const auto overdue = std::count_if(actions.begin(), actions.end(),
                                     [](const sara::Action& action) { return action.overdue(); });
  if (overdue > 0) card.facts.push_back(Cell::Tag(absl::StrCat(overdue, " overdue"), "red"));
  if (problem.rung() == sara::RUNG_TASKING_GROUP)
    card.facts.push_back(Cell::Tag("With the tasking group", "orange"));
  return card;
}

/// A team's open problems by stage; the rest of a long column is behind its link.
absl::StatusOr<Board> BoardOf(const Visit& visit) {
  Board board;
  for (const char* title :
       {"Queue", "Scanning", "Analysis", "Response", "Assessment", "With scrutiny", "Parked"})
    board.columns.push_back({title, {}, {}});
  for (const auto& [state, most] : {std::pair{sara::PROBLEM_STATE_QUEUED, kCardsAColumn},
                                    {sara::PROBLEM_STATE_IN_HAND, kMostInHand},
                                    {sara::PROBLEM_STATE_PARKED, kCardsAColumn}}) {
    auto problems = ProblemsIn(visit, visit.name, state, most);
    if (!problems.ok()) return problems.status();
    const std::string all = absl::StrCat("/", visit.parent(), "/problems?team=", LastId(visit.name),
                                         "&state=", sara::ProblemState_Name(state));
    for (const sara::Problem& problem : problems->problems()) {
      for (Board::Column& column : board.columns) {
        if (column.title != ColumnOf(problem)) continue;
        const bool is_full = column.cards.size() == kCardsAColumn;
        if (!is_full) column.cards.push_back(CardOf(problem));
        if (is_full || !problems->next_page_token().empty()) column.all = all;
      }
    }
  }
  return board;
}

Table OverdueIn(const Visit& visit, const std::string& ward) {
  Table table{.caption = "What scrutiny is owed here",
              .columns = {"What", "Who is late", "Since", "Days"},
              .if_none = "Nothing is overdue."};
  scrutiny::ListOverdueRequest request;
  request.set_parent(visit.parent());
  auto response = visit.Ask<scrutiny::ListOverdueResponse>(request);
  if (!response.ok()) return table;
  for (const scrutiny::OverdueItem& item : response->items()) {
    if (LastId(item.ward()) != LastId(ward)) continue;
    table.rows.push_back({LinkTo(item.name(), WordsOf(item.kind())),
                          std::string(LastId(item.who())), item.due_date(),
                          absl::StrCat(item.days_late())});
  }
  return table;
}

Table PrioritiesOf(const Visit& visit, Page& page) {
  Table table{
      .caption = "Priorities", .columns = {"Problem", "Why", "Votes"}, .if_none = "None is set."};
  sara::ReviewPrioritiesRequest request;
  request.set_name(visit.name);
  auto response = visit.Ask<sara::ReviewPrioritiesResponse>(request);
  if (!response.ok()) return table;
  for (const sara::Priority& priority : response->current().selected()) {
    table.rows.push_back({LinkTo(priority.problem(), priority.title()), priority.rationale(),
                          absl::StrCat(priority.votes())});
  }
  for (const std::string& warning : response->current().warnings())
    page.blocks.push_back(Notice{warning});
  return table;
}

Table MeetingsOf(const Visit& visit) {
  Table table{.caption = "Meetings", .columns = {"Day", "State"}};
  sara::ListTeamMeetingsRequest request;
  request.set_name(visit.name);
  request.set_page_size(kMeetings);
  auto response = visit.Ask<sara::ListTeamMeetingsResponse>(request);
  if (!response.ok()) return table;
  for (const sara::TeamMeeting& meeting : response->meetings())
    table.rows.push_back({LinkTo(meeting.name()), WordsOf(meeting.state())});
  return table;
}

Table MembersOf(const routing::Team& team) {
  Table table{.caption = "Members", .columns = {"Agency", "Officer", "Role", "Until"}};
  for (const routing::Member& member : team.members()) {
    table.rows.push_back(
        {TitleOf(LastId(member.agency())),
         member.officer().empty() ? Cell::Tag("Vacant", "red") : Cell(member.officer()),
         member.role(), member.term_ends()});
  }
  return table;
}

}  // namespace

std::string PointsOf(const std::vector<insight::CallStory>& calls) {
  nlohmann::json points = nlohmann::json::array();
  for (const insight::CallStory& call : calls) {
    if (!call.details().place().has_point()) continue;
    const auto& point = call.details().place().point();
    points.push_back({{"lat", point.lat()},
                      {"lon", point.lon()},
                      {"text", call.details().summary()},
                      {"href", "/" + call.name()}});
  }
  return points.dump();
}

absl::StatusOr<Page> TriagePage(const Visit& visit) {
  routing::ListTriageRequest request;
  request.set_parent(visit.parent());
  request.set_page_size(kItemsAPage);
  request.set_page_token(visit.query.Get("after"));
  auto response = visit.Ask<routing::ListTriageResponse>(request);
  if (!response.ok()) return response.status();
  const std::string path = absl::StrCat("/", visit.parent(), "/triage");
  Table table{.caption = "Calls without a team",
              .columns = {"Call", "Why", "What is known", ""},
              .if_none = "Every call has a team.",
              .next = NextOf(path, visit, response->next_page_token())};
  for (const routing::Placement& placement : response->placements()) {
    const std::string assign = absl::StrCat("/", placement.call(), "/do/assign-call");
    table.rows.push_back({LinkTo(placement.call()), WordsOf(placement.reason()), placement.note(),
                          Link{"Give it to a team", assign}});
  }
  Page page{.title = "Triage", .live = visit.council};
  page.blocks = {Paragraph{"Calls that no rule could place. Each waits for a person."},
                 std::move(table)};
  return page;
}

absl::StatusOr<Page> WardsPage(const Visit& visit) {
  routing::ListWardsRequest request;
  request.set_parent(visit.parent());
  request.set_page_size(kItemsAPage);
  request.set_page_token(visit.query.Get("after"));
  auto response = visit.Ask<routing::ListWardsResponse>(request);
  if (!response.ok()) return response.status();
  const std::string path = absl::StrCat("/", visit.parent(), "/wards");
  Table table{.caption = "Wards",
              .columns = {"Ward", "Code", "Team"},
              .next = NextOf(path, visit, response->next_page_token())};
  for (const routing::Ward& ward : response->wards()) {
    if (!ward.retired().empty()) continue;
    table.rows.push_back({LinkTo(ward.name(), ward.title()), std::string(LastId(ward.name())),
                          ward.team().empty() ? Cell::Tag("No team", "red") : LinkTo(ward.team())});
  }
  Page page{.title = "Wards"};
  page.blocks = {Map{.areas = path + ".json"}, std::move(table)};
  return page;
}

absl::StatusOr<Page> WardPage(const Visit& visit) {
  routing::GetWardRequest request;
  request.set_name(visit.name);
  auto ward = visit.Ask<routing::Ward>(request);
  if (!ward.ok()) return ward.status();
  const std::string code(LastId(visit.name));
  insight::ListCallsRequest calls;
  calls.set_parent(visit.parent());
  calls.set_ward(code);
  calls.set_page_size(kItemsAPage);
  auto stories = visit.Ask<insight::ListCallsResponse>(calls);
  if (!stories.ok()) return stories.status();
  Page page{.title = ward->title(),
            .kind = "Ward",
            .back = {"Wards", absl::StrCat("/", visit.parent(), "/wards")},
            .live = visit.council};
  Summary summary;
  summary.Add("Code", code);
  summary.Add("Team", LinkToTeam(visit, ward->team()));
  page.blocks.push_back(std::move(summary));
  page.blocks.push_back(
      Map{.areas = absl::StrCat("/", visit.parent(), "/wards.json"),
          .points = PointsOf({stories->calls().begin(), stories->calls().end()})});
  absl::StatusOr<Table> list =
      CallsTable(visit, "/" + visit.name, code, insight::STORY_STATE_UNSPECIFIED);
  if (!list.ok()) return list.status();
  list->caption = "Its calls";
  page.blocks.push_back(*std::move(list));
  auto problems = ProblemsIn(visit, ward->team(), sara::PROBLEM_STATE_IN_HAND, kMostInHand);
  if (!problems.ok()) return problems.status();
  Table table{.caption = "Its problems in hand",
              .columns = {"Problem", "Stage", "Who has it", "Calls"}};
  for (const sara::Problem& problem : problems->problems()) {
    if (LastId(problem.ward()) != code) continue;
    table.rows.push_back({LinkTo(problem.name(), problem.title()), ColumnOf(problem),
                          WordsOf(problem.rung()), absl::StrCat(problem.calls_size())});
  }
  page.blocks.push_back(std::move(table));
  page.blocks.push_back(OverdueIn(visit, visit.name));
  return page;
}

absl::StatusOr<Page> ProblemsPage(const Visit& visit) {
  sara::ListProblemsRequest request;
  request.set_parent(visit.parent());
  const std::string team = visit.query.Get("team");
  if (!team.empty()) request.set_team(absl::StrCat(visit.parent(), "/teams/", team));
  sara::ProblemState state = sara::PROBLEM_STATE_UNSPECIFIED;
  sara::ProblemState_Parse(visit.query.Get("state"), &state);
  request.set_state(state);
  request.set_page_size(kItemsAPage);
  request.set_page_token(visit.query.Get("after"));
  auto response = visit.Ask<sara::ListProblemsResponse>(request);
  if (!response.ok()) return response.status();
  const std::string path = absl::StrCat("/", visit.parent(), "/problems");
  Table table{.caption = "Problems",
              .columns = {"Problem", "What", "State", "Stage", "Team"},
              .next = NextOf(path, visit, response->next_page_token())};
  for (const sara::Problem& problem : response->problems()) {
    table.rows.push_back({LinkTo(problem.name()), problem.title(), WordsOf(problem.state()),
                          WordsOf(problem.stage()), LinkTo(problem.team())});
  }
  Page page{.title = "Problems", .live = visit.council};
  page.blocks.push_back(std::move(table));
  return page;
}

absl::StatusOr<Page> TeamsPage(const Visit& visit) {
  routing::ListTeamsRequest request;
  request.set_parent(visit.parent());
  request.set_page_size(kItemsAPage);
  request.set_page_token(visit.query.Get("after"));
  auto response = visit.Ask<routing::ListTeamsResponse>(request);
  if (!response.ok()) return response.status();
  const std::string path = absl::StrCat("/", visit.parent(), "/teams");
  Table table{.caption = "Neighbourhood action teams",
              .columns = {"Team", "Wards", "Calls it has"},
              .next = NextOf(path, visit, response->next_page_token())};
  for (const routing::Team& team : response->teams()) {
    table.rows.push_back({LinkTo(team.name(), team.title()), absl::StrCat(team.wards_size()),
                          absl::StrCat(team.load())});
  }
  Page page{.title = "Teams", .live = visit.council};
  page.blocks.push_back(std::move(table));
  return page;
}

absl::StatusOr<Page> TeamPage(const Visit& visit) {
  routing::GetTeamRequest request;
  request.set_name(visit.name);
  auto team = visit.Ask<routing::Team>(request);
  if (!team.ok()) return team.status();
  absl::StatusOr<Board> board = BoardOf(visit);
  if (!board.ok()) return board.status();
  Page page{.title = team->title(),
            .kind = "Team",
            .back = {"Teams", absl::StrCat("/", visit.parent(), "/teams")},
            .live = visit.council};
  Table priorities = PrioritiesOf(visit, page);
  Summary summary;
  summary.Add("Calls it has", absl::StrCat(team->load()));
  summary.Add("Chair", std::string(LastId(team->chair())));
  summary.Add("Members needed to decide", absl::StrCat(team->quorum()));
  std::vector<Cell> wards;
  for (const std::string& ward : team->wards())
    wards.push_back(LinkTo(absl::StrCat(visit.parent(), "/wards/", ward)));
  summary.Add("Wards", std::move(wards));
  page.blocks.push_back(std::move(summary));
  Links commands = CommandsFor(visit, visit.name, "", "");
  page.blocks.push_back(std::move(commands));
  page.blocks.push_back(*std::move(board));
  page.blocks.push_back(std::move(priorities));
  page.blocks.push_back(MeetingsOf(visit));
  page.blocks.push_back(MembersOf(*team));
  return page;
}

}  // namespace ccfa::gateway::console
