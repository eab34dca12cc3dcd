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

TEST(Gate, ToAnalysisNeedsEveryAnswerOfTheCheersTest) {
  EXPECT_THAT(Lacks(v1::STAGE_ANALYSIS, ProblemInScanning().problem()),
              ElementsAre("scan.community <- the team", "scan.harm <- the team",
                          "scan.expectation <- the team", "scan.events <- the team",
                          "scan.recurring <- the team", "scan.similarity <- the team"));
  EXPECT_THAT(Lacks(v1::STAGE_ANALYSIS, v1::Problem()).back(), "a call or a source <- the team");
  EXPECT_THAT(Lacks(v1::STAGE_ANALYSIS, ProblemInAnalysis().problem()), ElementsAre());
}

TEST(Gate, ToResponseNeedsEvidenceAndAPlan) {
  EXPECT_THAT(Lacks(v1::STAGE_RESPONSE, ProblemInAnalysis().problem()),
              ElementsAre("sources <- the team", "analysis.offender <- the team",
                          "analysis.handler <- the team", "analysis.target <- the team",
                          "analysis.guardian <- the team", "analysis.place <- the team",
                          "analysis.manager <- the team", "analysis.current_response <- the team",
                          "analysis.current_limits <- the team",
                          "a hypothesis of why it happens <- the team", "an objective <- the team",
                          "assessment_plan.method <- the team", "assessment_plan.data <- the team",
                          "assessment_plan.exit_strategy <- the team"));
}

TEST(Gate, ToAssessmentNeedsACompletedActionAndNoneOpen) {
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, ProblemInResponse().problem()),
              ElementsAre("a completed action <- the agencies asked"));
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, ProposedAction().problem()),
              ElementsAre("a completed action <- the agencies asked",
                          "the end of action 1, which is proposed <- councils/E1/agencies/police"));
  EXPECT_THAT(Lacks(v1::STAGE_ASSESSMENT, AcceptedAction().problem()),
              ElementsAre("a completed action <- the agencies asked",
                          "the end of action 1, which is accepted <- councils/E1/agencies/police"));
}

TEST(EnterStage, GoesForwardThroughAnOpenGateWithANewClock) {
  Given given = ProblemReadyForResponse();
  given.WhenItIs("2026-07-06T09:00:00Z");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_RESPONSE), "StageEntered");
  EXPECT_EQ(given.event().stage_entered().from(), v1::STAGE_ANALYSIS);
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-08-03T23:00Z");
}

TEST(EnterStage, GoesBackWithAReasonAndKeepsEveryPass) {
  Given given = ProblemInResponse();
  EXPECT_EQ(given.WhenEntering(v1::STAGE_SCANNING), "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_SCANNING, "another street too"), "StageEntered");
  ASSERT_EQ(given.problem().passes_size(), 4);
  EXPECT_EQ(given.problem().passes(3).stage(), v1::STAGE_SCANNING);
  EXPECT_EQ(given.problem().passes(3).reason(), "another street too");
  EXPECT_EQ(given.problem().hypotheses_size(), 1);
}

TEST(EnterStage, IsNothingToDoWhereTheProblemIs) {
  EXPECT_EQ(ProblemInScanning().WhenEntering(v1::STAGE_SCANNING), "nothing");
}

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

TEST(EnterStage, AssessesEachPassAnew) {
  Given given = AssessedProblem();
  EXPECT_EQ(given.WhenEntering(v1::STAGE_RESPONSE, "one more action"), "StageEntered");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_ASSESSMENT), "StageEntered");
  EXPECT_FALSE(given.problem().has_assessment());
}

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
  EXPECT_EQ(given.Clocks("E1"), "");
}

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
