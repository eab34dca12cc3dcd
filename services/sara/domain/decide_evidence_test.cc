#include <gtest/gtest.h>

#include "services/sara/domain/policy.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

v1::SetObjectiveRequest Smart() {
  return About<v1::SetObjectiveRequest>(kObjective);
}

TEST(RecordScan, KeepsTheLastOne) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>(kScan)), "ScanRecorded");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>("scan { harm: 'noise' }")),
            "ScanRecorded");
  EXPECT_EQ(given.problem().scan().harm(), "noise");
  EXPECT_EQ(given.problem().scan().community(), "");
}

TEST(RecordScan, Refuses) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD scan");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>("scan { since: '2026-13' }")),
            "INVALID_ARGUMENT INVALID_FIELD scan.since");
  EXPECT_EQ(ProblemInAnalysis().When(kCoordinator, About<v1::RecordScanRequest>(kScan)),
            "FAILED_PRECONDITION WRONG_STATE");
}

TEST(AddSource, NumbersSourcesInAnyStage) {
  Given given = ProblemInResponse();
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(kSource)), "SourceAdded");
  ASSERT_EQ(given.problem().sources_size(), 3);
  EXPECT_EQ(given.problem().sources(2).number(), 3);
}

TEST(AddSource, Refuses) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(
                                         "source { grade: GRADE_RELIABLE known_gaps: 'some' }")),
            "INVALID_ARGUMENT INVALID_FIELD source.title");
  EXPECT_EQ(given.When(kCoordinator,
                       About<v1::AddSourceRequest>("source { title: 'calls' known_gaps: 'some' }")),
            "INVALID_ARGUMENT INVALID_FIELD source.grade");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(
                                         "source { title: 'calls' grade: GRADE_UNTESTED }")),
            "INVALID_ARGUMENT INVALID_FIELD source.known_gaps");
  EXPECT_EQ(QueuedProblem().When(kCoordinator, About<v1::AddSourceRequest>(kSource)),
            "FAILED_PRECONDITION WRONG_STATE");
}

TEST(AddSource, RefusesMoreThanAProblemHolds) {
  Given given = ProblemInScanning();
  for (int i = 0; i < kMostSources; ++i) {
    ASSERT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(kSource)), "SourceAdded");
  }
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(kSource)),
            "FAILED_PRECONDITION TOO_MANY");
}

TEST(RecordAnalysis, IsForTheAnalysisStage) {
  Given given = ProblemInAnalysis();
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordAnalysisRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD analysis");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordAnalysisRequest>(kAnalysis)),
            "AnalysisRecorded");
  EXPECT_EQ(given.problem().analysis().handler(), "parents");
  EXPECT_EQ(ProblemInScanning().When(kCoordinator, About<v1::RecordAnalysisRequest>(kAnalysis)),
            "FAILED_PRECONDITION WRONG_STATE");
}

TEST(AddHypothesis, NeedsItsWords) {
  Given given = ProblemInAnalysis();
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddHypothesisRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD text");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddHypothesisRequest>("text: 'no gate'")),
            "HypothesisAdded");
  EXPECT_EQ(given.problem().hypotheses(0).number(), 1);
}

TEST(SetObjective, AddsAndReplaces) {
  Given given = ProblemInAnalysis();
  EXPECT_EQ(given.When(kCoordinator, Smart()), "ObjectiveSet");
  v1::SetObjectiveRequest harder = Smart();
  harder.mutable_objective()->set_number(1);
  harder.mutable_objective()->set_target(2);
  EXPECT_EQ(given.When(kCoordinator, harder), "ObjectiveSet");
  ASSERT_EQ(given.problem().objectives_size(), 1);
  EXPECT_EQ(given.problem().objectives(0).target(), 2);
}

TEST(SetObjective, RefusesWhatIsNotSmart) {
  Given given = ProblemInAnalysis();
  auto when = [&](void (*change)(v1::Objective&)) {
    v1::SetObjectiveRequest request = Smart();
    change(*request.mutable_objective());
    return given.When(kCoordinator, request);
  };
  using O = v1::Objective;
  EXPECT_EQ(when([](O& o) { o.clear_metric(); }),
            "INVALID_ARGUMENT INVALID_FIELD objective.metric");
  EXPECT_EQ(when([](O& o) { o.set_target(12); }),
            "INVALID_ARGUMENT INVALID_FIELD objective.target");
  EXPECT_EQ(when([](O& o) { o.clear_date(); }), "INVALID_ARGUMENT INVALID_FIELD objective.date");
  EXPECT_EQ(when([](O& o) { o.set_date("2026-02-30"); }),
            "INVALID_ARGUMENT INVALID_FIELD objective.date");
  EXPECT_EQ(when([](O& o) { o.set_date("2026-07-01"); }),
            "INVALID_ARGUMENT INVALID_FIELD objective.date");
  EXPECT_EQ(when([](O& o) { o.clear_outcome(); }),
            "INVALID_ARGUMENT INVALID_FIELD objective.outcome");
  EXPECT_EQ(when([](O& o) { o.set_number(1); }), "NOT_FOUND NOT_FOUND objective.number");
  EXPECT_EQ(when([](O& o) { o.set_number(-1); }), "NOT_FOUND NOT_FOUND objective.number");
}

TEST(PlanAssessment, IsDoneBeforeTheResponse) {
  Given given = ProblemInAnalysis();
  EXPECT_EQ(given.When(kCoordinator, About<v1::PlanAssessmentRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD plan.method");
  EXPECT_EQ(given.When(kCoordinator, About<v1::PlanAssessmentRequest>(kPlan)), "AssessmentPlanned");
  EXPECT_EQ(given.problem().assessment_plan().exit_strategy(), "wardens");
  EXPECT_EQ(ProblemInResponse().When(kCoordinator, About<v1::PlanAssessmentRequest>(kPlan)),
            "FAILED_PRECONDITION WRONG_STATE");
}

TEST(RecordAssessment, Refuses) {
  Given given = ProblemInAssessment();
  EXPECT_EQ(
      given.When(kCoordinator, About<v1::RecordAssessmentRequest>("assessment { impact: 'x' }")),
      "INVALID_ARGUMENT INVALID_FIELD assessment.process");
  EXPECT_EQ(
      given.When(kCoordinator, About<v1::RecordAssessmentRequest>("assessment { process: 'x' }")),
      "INVALID_ARGUMENT INVALID_FIELD assessment.impact");
  auto without_result =
      About<v1::RecordAssessmentRequest>("assessment { process: 'x' impact: 'y' }");
  EXPECT_EQ(given.When(kCoordinator, without_result),
            "INVALID_ARGUMENT INVALID_FIELD assessment.result");
  without_result.mutable_assessment()->set_result(v1::RESULT_REDUCED);
  EXPECT_EQ(ProblemInResponse().When(kCoordinator, without_result),
            "FAILED_PRECONDITION WRONG_STATE");
}

}  // namespace
}  // namespace ccfa::sara
