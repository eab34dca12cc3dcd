// A problem as its SARA workbook, with what each gate still lacks (F33, F37).

#include "absl/strings/str_cat.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "common/core/names.h"
#include "services/gateway/console/call_lists.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace sara = ccfa::sara::v1;

constexpr int kSimilar = 5;

std::string Answered(const std::string& words, sara::Answer answer) {
  if (words.empty()) return "";
  return answer == sara::ANSWER_UNSPECIFIED ? words : absl::StrCat(WordsOf(answer), ": ", words);
}

Summary StandingOf(const Visit& visit, const sara::Problem& problem) {
  Summary summary;
  summary.Add("State", WordsOf(problem.state()));
  summary.Add("Stage", WordsOf(problem.stage()));
  summary.Add("Who has it", WordsOf(problem.rung()));
  summary.Add("Team", LinkToTeam(visit, problem.team()));
  summary.Add("Worked jointly with", LinkToTeam(visit, problem.joint_team()));
  summary.Add("Ward", LinkToWard(visit, problem.ward()));
  if (problem.priority() > 0) summary.Add("Priority", absl::StrCat(problem.priority()));
  std::vector<Cell> calls;
  for (const std::string& call : problem.calls()) calls.push_back(LinkTo(call));
  summary.Add("Calls", std::move(calls));
  if (problem.affected() > 0) summary.Add("Others affected", absl::StrCat(problem.affected()));
  if (problem.recurrences() > 0) summary.Add("Came back", absl::StrCat(problem.recurrences()));
  summary.Add("Opened", WhenOf(problem.open_time()));
  return summary;
}

void AddGates(const Visit& visit, Page& page) {
  sara::CheckProblemRequest request;
  request.set_name(visit.name);
  auto check = visit.Ask<sara::ProblemCheck>(request);
  if (!check.ok()) return;
  page.blocks.push_back(Heading{"What the gates ahead lack", "gates"});
  Table table{.caption = "Gates",
              .columns = {"Gate", "State", "What is missing", "Who may give it"},
              .if_none = "No gate is ahead."};
  for (const sara::GateCheck& gate : check->gates()) {
    if (gate.open() || gate.missing().empty()) {
      table.rows.push_back({TitleOf(gate.gate()), Cell::Tag("Open", "green"), "", ""});
      continue;
    }
    for (const sara::MissingPiece& piece : gate.missing()) {
      table.rows.push_back(
          {TitleOf(gate.gate()), Cell::Tag("Shut", "red"), piece.what(), piece.supplied_by()});
    }
  }
  page.blocks.push_back(std::move(table));
  if (check->orphans().empty()) return;
  Table orphans{.caption = "Links that hang loose",
                .columns = {"What", "What mends it", "Who may"}};
  for (const sara::Orphan& orphan : check->orphans())
    orphans.rows.push_back({orphan.what(), orphan.mend(), orphan.supplied_by()});
  page.blocks.push_back(std::move(orphans));
}

Summary ScanOf(const sara::Scan& scan) {
  Summary summary;
  summary.Add("Community", Answered(scan.community(), scan.community_answer()));
  summary.Add("Harm", Answered(scan.harm(), scan.harm_answer()));
  summary.Add("Expectation", Answered(scan.expectation(), scan.expectation_answer()));
  summary.Add("Events", Answered(scan.events(), scan.events_answer()));
  summary.Add("Recurring", Answered(scan.recurring(), scan.recurring_answer()));
  summary.Add("Similarity", Answered(scan.similarity(), scan.similarity_answer()));
  summary.Add("Consequences", scan.consequences());
  summary.Add("How often", scan.frequency());
  summary.Add("Since", scan.since());
  return summary;
}

void AddAnalysis(const sara::Problem& problem, Page& page) {
  const sara::Analysis& analysis = problem.analysis();
  Summary summary;
  summary.Add("Offender", analysis.offender());
  summary.Add("Handler", analysis.handler());
  summary.Add("Target", analysis.target());
  summary.Add("Guardian", analysis.guardian());
  summary.Add("Place", analysis.place());
  summary.Add("Manager", analysis.manager());
  summary.Add("Done today", analysis.current_response());
  summary.Add("Where that falls short", analysis.current_limits());
  page.blocks.push_back(std::move(summary));
  Table sources{.caption = "Sources", .columns = {"No.", "Source", "Kind", "Grade", "Known gaps"}};
  for (const sara::DataSource& source : problem.sources()) {
    sources.rows.push_back({absl::StrCat(source.number()), source.title(), source.kind(),
                            WordsOf(source.grade()), source.known_gaps()});
  }
  Table hypotheses{.caption = "Hypotheses", .columns = {"No.", "Why it happens", "State"}};
  for (const sara::Hypothesis& hypothesis : problem.hypotheses()) {
    std::string state =
        hypothesis.rejected().empty() ? "Holds" : "Given up: " + hypothesis.rejected();
    if (hypothesis.replaced_by() > 0)
      state = absl::StrCat("Replaced by ", hypothesis.replaced_by());
    hypotheses.rows.push_back({absl::StrCat(hypothesis.number()), hypothesis.text(), state});
  }
  Table objectives{.caption = "Objectives",
                   .columns = {"No.", "What is counted", "Now", "To be", "By", "For people"}};
  for (const sara::Objective& objective : problem.objectives()) {
    objectives.rows.push_back({absl::StrCat(objective.number()), objective.metric(),
                               absl::StrCat(objective.baseline()), absl::StrCat(objective.target()),
                               objective.date(), objective.outcome()});
  }
  for (Table* table : {&sources, &hypotheses, &objectives})
    page.blocks.push_back(std::move(*table));
}

Table ActionsOf(const sara::Problem& problem) {
  Table table{.caption = "Actions", .columns = {"No.", "What", "Agency", "By", "State"}};
  for (const sara::Action& action : problem.actions()) {
    Cell state = action.overdue() ? Cell::Tag("Overdue", "red") : Cell(WordsOf(action.state()));
    table.rows.push_back({LinkTo(action.name()), action.description(),
                          TitleOf(LastId(action.agency())), action.due_date(), std::move(state)});
  }
  return table;
}

Summary AssessmentOf(const sara::Problem& problem) {
  const sara::Assessment& assessment = problem.assessment();
  Summary summary;
  summary.Add("How it is assessed", problem.assessment_plan().method());
  summary.Add("From which data", problem.assessment_plan().data());
  summary.Add("How it ends", problem.assessment_plan().exit_strategy());
  summary.Add("Was it done?", assessment.process());
  summary.Add("Did it work?", assessment.impact());
  summary.Add("Result", WordsOf(assessment.result()));
  if (assessment.has_quality())
    summary.Add("Quality of the work", absl::StrCat(assessment.quality().percent(), "%"));
  std::vector<Cell> shortfalls(assessment.quality().shortfalls().begin(),
                               assessment.quality().shortfalls().end());
  summary.Add("Where it fell short", std::move(shortfalls));
  summary.Add("What was done", problem.closing().done());
  summary.Add("Why it could end", problem.closing().why());
  return summary;
}

Table SimilarTo(const Visit& visit) {
  Table table{.caption = "Solved problems like it", .columns = {"Problem", "Result", "Alike"}};
  sara::ListSimilarSolvedRequest request;
  request.set_name(visit.name);
  request.set_page_size(kSimilar);
  auto response = visit.Ask<sara::ListSimilarSolvedResponse>(request);
  if (!response.ok()) return table;
  for (const sara::SimilarProblem& similar : response->problems()) {
    table.rows.push_back({LinkTo(similar.name(), similar.title()), WordsOf(similar.result()),
                          absl::StrCat(similar.similarity(), "%")});
  }
  return table;
}

absl::StatusOr<sara::Problem> ProblemOf(const Visit& visit, const std::string& name) {
  sara::GetProblemRequest request;
  request.set_name(name);
  return visit.Ask<sara::Problem>(request);
}

}  // namespace

absl::StatusOr<Page> ProblemPage(const Visit& visit) {
  absl::StatusOr<sara::Problem> problem = ProblemOf(visit, visit.name);
  if (!problem.ok()) return problem.status();
  Page page{.title = problem->title(),
            .kind = absl::StrCat("Problem ", LastId(visit.name)),
            .back = {"Team", "/" + problem->team()},
            .live = visit.council};
  page.blocks.push_back(StandingOf(visit, *problem));
  Links commands =
      CommandsFor(visit, visit.name, sara::ProblemState_Name(problem->state()), problem->etag());
  if (!commands.links.empty()) {
    page.blocks.push_back(Heading{"What you can do"});
    page.blocks.push_back(std::move(commands));
  }
  AddGates(visit, page);
  page.blocks.push_back(Heading{"Scanning: is it a problem?", "scanning"});
  page.blocks.push_back(ScanOf(problem->scan()));
  page.blocks.push_back(Heading{"Analysis: why does it happen?", "analysis"});
  AddAnalysis(*problem, page);
  page.blocks.push_back(Heading{"Response: what is done about it?", "response"});
  page.blocks.push_back(ActionsOf(*problem));
  page.blocks.push_back(Heading{"Assessment: did it work?", "assessment"});
  page.blocks.push_back(AssessmentOf(*problem));
  page.blocks.push_back(SimilarTo(visit));
  absl::Status ended = AddTrailAndHistory(visit, problem->trail(), page);
  if (!ended.ok()) return ended;
  return page;
}

absl::StatusOr<Page> ActionPage(const Visit& visit) {
  absl::StatusOr<sara::Problem> problem = ProblemOf(visit, std::string(ParentOf(visit.name)));
  if (!problem.ok()) return problem.status();
  for (const sara::Action& action : problem->actions()) {
    if (action.name() != visit.name) continue;
    Page page{.title = action.description(),
              .kind = absl::StrCat("Action ", LastId(visit.name)),
              .back = {"Problem", "/" + problem->name()},
              .live = visit.council};
    Summary summary;
    summary.Add("State",
                action.overdue() ? Cell::Tag("Overdue", "red") : Cell(WordsOf(action.state())));
    summary.Add("Problem", LinkTo(problem->name(), problem->title()));
    summary.Add("Agency", TitleOf(LastId(action.agency())));
    summary.Add("Officer", action.officer());
    summary.Add("By", action.due_date());
    summary.Add("What will show that it worked", action.measure());
    summary.Add("Why it was declined", action.reason());
    summary.Add("How far it was done", WordsOf(action.extent()));
    summary.Add("What came of it", action.result());
    page.blocks.push_back(std::move(summary));
    page.blocks.push_back(
        CommandsFor(visit, visit.name, sara::ActionState_Name(action.state()), problem->etag()));
    return page;
  }
  return absl::NotFoundError("There is no such action.");
}

}  // namespace ccfa::gateway::console
