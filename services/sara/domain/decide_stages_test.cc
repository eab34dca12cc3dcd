#include <gtest/gtest.h>

#include "services/sara/domain/gates.h"
#include "services/sara/domain/policy.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

using ::testing::ElementsAre;

/// The pieces a gate misses: what stands before the colon, and who supplies it.
std::vector<std::string> Lacks(v1::Stage stage, const v1::Problem& problem) {
  std::vector<std::string> lacks;
  for (const Missing& piece : MissingFor(stage, problem, config::Defaults().sara())) {
    lacks.push_back(
        absl::StrCat(piece.what.substr(0, piece.what.find(':')), " <- ", piece.supplied_by));
  }
  return lacks;
}

// F33
TEST(Gate, ToAnalysisNeedsEveryAnswerOfTheCheersTest) {
  EXPECT_THAT(Lacks(v1::STAGE_ANALYSIS, ProblemInScanning().problem()),
              ElementsAre("scan.community <- the team", "scan.harm <- the team",
                          "scan.expectation <- the team", "scan.events <- the team",
                          "scan.recurring <- the team", "scan.similarity <- the team"));
  EXPECT_THAT(Lacks(v1::STAGE_ANALYSIS, v1::Problem()).back(), "a call or a source <- the team");
  EXPECT_THAT(Lacks(v1::STAGE_ANALYSIS, ProblemInAnalysis().problem()), ElementsAre());
}

// F33
TEST(Gate, ToAnalysisNeedsAYesToEveryLetterAndSaysWhatToDoAboutANo) {
  Given given = ProblemInScanning();
  auto scan = About<v1::RecordScanRequest>(kScan);
  scan.mutable_scan()->set_recurring_answer(v1::ANSWER_NO);
  scan.mutable_scan()->clear_harm_answer();
  EXPECT_EQ(given.When(kCoordinator, scan), "ScanRecorded");
  EXPECT_THAT(Lacks(v1::STAGE_ANALYSIS, given.problem()),
              ElementsAre("scan.harm_answer <- the team", "scan.recurring <- the team"));
  EXPECT_EQ(MissingFor(v1::STAGE_ANALYSIS, given.problem(), config::Defaults().sara())[1].what,
            "scan.recurring: the answer is no, so it is not a problem for a team: refer it to a "
            "service, or park it");
}

// F36
TEST(Gate, ToResponseNeedsSourcesOfDifferentKindsAndOneThatCanBeReliedOn) {
  Given given = ProblemReadyForResponse();
  v1::Problem problem = given.problem();
  problem.mutable_sources(1)->set_kind("calls");
  EXPECT_THAT(Lacks(v1::STAGE_RESPONSE, problem), ElementsAre("sources <- the team"));
  problem = given.problem();
  problem.mutable_sources(0)->set_grade(v1::GRADE_NOT_RELIABLE);
  EXPECT_THAT(Lacks(v1::STAGE_RESPONSE, problem),
              ElementsAre("a source that is reliable or fairly reliable <- the team"));
}

// F38
TEST(Gate, ToResponseNeedsABaselineFromBeforeIt) {
  v1::Problem problem = ProblemReadyForResponse().problem();
  problem.mutable_objectives(0)->clear_baseline_date();
  EXPECT_THAT(Lacks(v1::STAGE_RESPONSE, problem),
              ElementsAre("the baseline of objective 1 <- the team"));
}

// F37
TEST(Gate, ToResponseNeedsAHypothesisThatStands) {
  Given given = ProblemReadyForResponse();
  given.When(kCoordinator, About<v1::RejectHypothesisRequest>("number: 1 reason: 'shut'"));
  EXPECT_THAT(Lacks(v1::STAGE_RESPONSE, given.problem()),
              ElementsAre("a hypothesis of why it happens <- the team"));
}

// F33, F35, F39, F43
TEST(Gate, ToResponseNeedsEvidenceAndAPlan) {
  EXPECT_THAT(
      Lacks(v1::STAGE_RESPONSE, ProblemInAnalysis().problem()),
      ElementsAre("sources <- the team", "a source that is reliable or fairly reliable <- the team",
                  "analysis.offender <- the team", "analysis.handler <- the team",
                  "analysis.target <- the team", "analysis.guardian <- the team",
                  "analysis.place <- the team", "analysis.manager <- the team",
                  "analysis.current_response <- the team", "analysis.current_limits <- the team",
                  "a hypothesis of why it happens <- the team", "an objective <- the team",
                  "assessment_plan.method <- the team", "assessment_plan.data <- the team",
                  "assessment_plan.exit_strategy <- the team"));
}

// F33
TEST(Gate, ToAssessmentNeedsACompletedActionAndNoneOpen) {
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, ProblemInResponse().problem()),
              ElementsAre("a completed action <- the agencies asked",
                          "an action that answers hypothesis 1, the gate is open <- the team"));
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, ProposedAction().problem()),
              ElementsAre("a completed action <- the agencies asked",
                          "the end of action 1, which is proposed <- councils/E1/agencies/police"));
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, AcceptedAction().problem()),
              ElementsAre("a completed action <- the agencies asked",
                          "the end of action 1, which is accepted <- councils/E1/agencies/police"));
}

// F37
TEST(Gate, ToAssessmentNeedsEveryHypothesisAnsweredAndEveryObjectiveMeasured) {
  Given given = ProblemInAssessment();
  v1::Problem problem = given.problem();
  problem.mutable_actions(0)->set_hypothesis(0);
  problem.mutable_objectives(0)->clear_measured_by();
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, problem),
              ElementsAre("an action that answers hypothesis 1, the gate is open <- the team",
                          "somebody who measures objective 1, calls a month <- the team"));
  problem.mutable_actions(0)->set_hypothesis(1);
  problem.mutable_actions(0)->set_objective(1);
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, problem), ElementsAre());
}

// F37
TEST(Gate, ToAssessmentIsNotHeldUpByAnActionWhoseHypothesisFell) {
  Given given = ProblemInAssessment();
  v1::Problem problem = given.problem();
  problem.mutable_hypotheses(0)->set_rejected("the gate was shut");
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, problem), ElementsAre());
  ASSERT_EQ(CheckOf(problem, config::Defaults().sara()).orphans_size(), 1);
  EXPECT_EQ(CheckOf(problem, config::Defaults().sara()).orphans(0).kind(),
            v1::ORPHAN_KIND_ACTION_WITHOUT_HYPOTHESIS);
}

// F33, F37
TEST(CheckProblem, ListsEveryGateAheadWithWhoMaySupplyWhatItLacks) {
  v1::ProblemCheck check = CheckOf(ProblemInResponse().problem(), config::Defaults().sara());
  ASSERT_EQ(check.gates_size(), 2);
  EXPECT_EQ(check.gates(0).gate(), "assessment");
  EXPECT_FALSE(check.gates(0).open());
  EXPECT_EQ(check.gates(0).missing(0).supplied_by(), "the agencies asked");
  EXPECT_EQ(check.gates(1).gate(), "closing");
  ASSERT_EQ(check.orphans_size(), 1);
  EXPECT_EQ(check.orphans(0).what(), "hypothesis 1, the gate is open");
  v1::ProblemCheck queued = CheckOf(QueuedProblem().problem(), config::Defaults().sara());
  EXPECT_EQ(queued.gates(0).gate(), "analysis");
  EXPECT_EQ(queued.gates_size(), 4);
}

// F34
TEST(EnterStage, KeepsWhatThePassThatEndsFound) {
  Given given = ProblemInResponse();
  EXPECT_EQ(given.WhenEntering(v1::STAGE_SCANNING, "another street too"), "StageEntered");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>("scan { harm: 'noise' }")),
            "ScanRecorded");
  v1::Problem problem = given.problem();
  EXPECT_EQ(problem.passes(0).found().scan().harm(), "fear");
  EXPECT_EQ(problem.passes(1).found().analysis().handler(), "parents");
  EXPECT_EQ(problem.passes(1).found().hypotheses(0).text(), "the gate is open");
  EXPECT_TRUE(problem.passes(2).has_found());
  EXPECT_FALSE(problem.passes(3).has_found());
}

// F34
TEST(EnterStage, GoesForwardThroughAnOpenGateWithANewClock) {
  Given given = ProblemReadyForResponse();
  given.WhenItIs("2026-07-06T09:00:00Z");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_RESPONSE), "StageEntered");
  EXPECT_EQ(given.event().stage_entered().from(), v1::STAGE_ANALYSIS);
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-08-03T23:00Z");
}

// F34
TEST(EnterStage, GoesBackWithAReasonAndKeepsEveryPass) {
  Given given = ProblemInResponse();
  EXPECT_EQ(given.WhenEntering(v1::STAGE_SCANNING), "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_SCANNING, "another street too"), "StageEntered");
  ASSERT_EQ(given.problem().passes_size(), 4);
  EXPECT_EQ(given.problem().passes(3).stage(), v1::STAGE_SCANNING);
  EXPECT_EQ(given.problem().passes(3).reason(), "another street too");
  EXPECT_EQ(given.problem().hypotheses_size(), 1);
}

// F34
TEST(EnterStage, IsNothingToDoWhereTheProblemIs) {
  EXPECT_EQ(ProblemInScanning().WhenEntering(v1::STAGE_SCANNING), "nothing");
}

// F34
TEST(EnterStage, Refuses) {
  EXPECT_EQ(ProblemInScanning().WhenEntering(v1::STAGE_UNSPECIFIED),
            "INVALID_ARGUMENT INVALID_FIELD stage");
  EXPECT_EQ(ProblemInScanning().WhenEntering(v1::STAGE_ANALYSIS),
            "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(ProblemInScanning().WhenEntering(v1::STAGE_RESPONSE),
            "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(QueuedProblem().WhenEntering(v1::STAGE_SCANNING), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(ProblemWithScrutiny(ProblemInAnalysis()).WhenEntering(v1::STAGE_SCANNING, "again"),
            "FAILED_PRECONDITION WITH_SCRUTINY");
}

// F34
TEST(EnterStage, AssessesEachPassAnew) {
  Given given = AssessedProblem();
  EXPECT_EQ(given.WhenEntering(v1::STAGE_RESPONSE, "one more action"), "StageEntered");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_ASSESSMENT), "StageEntered");
  EXPECT_FALSE(given.problem().has_assessment());
}

// F33
TEST(CloseProblem, EndsItWithTheAssessedResultAndItsCalls) {
  Given given = AssessedProblem();
  EXPECT_EQ(
      given.When(kCoordinator, About<v1::CloseProblemRequest>("done: 'gates' why: 'it is quiet'")),
      "ProblemClosed");
  EXPECT_THAT(given.event().problem_closed().calls(), ElementsAre(kCall));
  v1::Problem problem = given.problem();
  EXPECT_EQ(problem.state(), v1::PROBLEM_STATE_CLOSED);
  EXPECT_EQ(problem.closing().result(), v1::RESULT_REDUCED);
  EXPECT_EQ(problem.closing().by(), kCoordinator);
  EXPECT_EQ(given.Clocks("E1"), "watch of 2026-000001 by north 2027-01-02T00:00Z");
}

// F33
TEST(CloseProblem, Refuses) {
  Given given = ProblemInAssessment();
  auto close = About<v1::CloseProblemRequest>("done: 'gates' why: 'it is quiet'");
  EXPECT_EQ(given.When(kCoordinator, About<v1::CloseProblemRequest>("why: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD done");
  EXPECT_EQ(given.When(kCoordinator, About<v1::CloseProblemRequest>("done: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD why");
  EXPECT_EQ(given.When(kCoordinator, close), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(ProblemInResponse().When(kCoordinator, close), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(ProblemWithScrutiny(AssessedProblem()).When(kCoordinator, close),
            "FAILED_PRECONDITION WITH_SCRUTINY");
}

}  // namespace
}  // namespace ccfa::sara
