#include <gtest/gtest.h>

#include "services/sara/domain/policy.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

v1::SetObjectiveRequest Smart() {
  return About<v1::SetObjectiveRequest>(kObjective);
}

// F33
TEST(RecordScan, KeepsTheLastOne) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>(kScan)), "ScanRecorded");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>("scan { harm: 'noise' }")),
            "ScanRecorded");
  EXPECT_EQ(given.problem().scan().harm(), "noise");
  EXPECT_EQ(given.problem().scan().community(), "");
}

// F33
TEST(RecordScan, Refuses) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD scan");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>("scan { since: '2026-13' }")),
            "INVALID_ARGUMENT INVALID_FIELD scan.since");
  v1::RecordScanRequest neither = About<v1::RecordScanRequest>(kScan);
  neither.mutable_scan()->set_harm_answer(static_cast<v1::Answer>(7));
  EXPECT_EQ(given.When(kCoordinator, neither), "INVALID_ARGUMENT INVALID_FIELD scan");
  EXPECT_EQ(ProblemInAnalysis().When(kCoordinator, About<v1::RecordScanRequest>(kScan)),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F36
TEST(AddSource, NumbersSourcesInAnyStage) {
  Given given = ProblemInResponse();
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(kSource)), "SourceAdded");
  ASSERT_EQ(given.problem().sources_size(), 3);
  EXPECT_EQ(given.problem().sources(2).number(), 3);
}

// F36
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
  EXPECT_EQ(given.When(kCoordinator,
                       About<v1::AddSourceRequest>("source { title: 'calls' grade: GRADE_UNTESTED "
                                                   "known_gaps: 'some' }")),
            "INVALID_ARGUMENT INVALID_FIELD source.kind");
  EXPECT_EQ(QueuedProblem().When(kCoordinator, About<v1::AddSourceRequest>(kSource)),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F36
TEST(AddSource, RefusesMoreThanAProblemHolds) {
  Given given = ProblemInScanning();
  for (int i = 0; i < kMostSources; ++i) {
    ASSERT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(kSource)), "SourceAdded");
  }
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(kSource)),
            "FAILED_PRECONDITION TOO_MANY");
}

// F35
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

// F37
TEST(AddHypothesis, NeedsItsWords) {
  Given given = ProblemInAnalysis();
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddHypothesisRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD text");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddHypothesisRequest>("text: 'no gate'")),
            "HypothesisAdded");
  EXPECT_EQ(given.problem().hypotheses(0).number(), 1);
}

// F37
TEST(AddHypothesis, TakesThePlaceOfAnEarlierOne) {
  Given given = ProblemReadyForResponse();
  EXPECT_EQ(
      given.When(kCoordinator, About<v1::AddHypothesisRequest>("text: 'no lights' replaces: 1")),
      "HypothesisAdded");
  EXPECT_EQ(given.problem().hypotheses(0).replaced_by(), 2);
  EXPECT_EQ(given.problem().hypotheses(1).replaces(), 1);
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddHypothesisRequest>("text: 'x' replaces: 1")),
            "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddHypothesisRequest>("text: 'x' replaces: 9")),
            "NOT_FOUND NOT_FOUND replaces");
}

// F37
TEST(RejectHypothesis, GivesItUpWithTheReasonInTheTrail) {
  Given given = ProblemInResponse();
  EXPECT_EQ(given.When(kCoordinator, About<v1::RejectHypothesisRequest>("number: 1")),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RejectHypothesisRequest>("number: 2 reason: 'x'")),
            "NOT_FOUND NOT_FOUND number");
  auto reject = About<v1::RejectHypothesisRequest>("number: 1 reason: 'the gate was shut'");
  EXPECT_EQ(given.When(kCoordinator, reject), "HypothesisRejected");
  EXPECT_EQ(given.problem().hypotheses(0).rejected(), "the gate was shut");
  EXPECT_EQ(given.problem().trail(given.problem().trail_size() - 1).what(), "gave up hypothesis 1");
  EXPECT_EQ(given.When(kCoordinator, reject), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(ProblemInScanning().When(kCoordinator, reject), "FAILED_PRECONDITION WRONG_STATE");
}

// F38
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

// F38
TEST(SetObjective, RefusesABaselineThatWasMeasuredAfterTheResponseBegan) {
  Given given = ProblemInResponse();
  given.WhenItIs("2026-07-06T09:00:00Z");
  v1::SetObjectiveRequest late = Smart();
  late.mutable_objective()->set_baseline_date("2026-07-02");
  EXPECT_EQ(given.When(kCoordinator, late), "INVALID_ARGUMENT NOT_SMART objective.baseline_date");
  late.mutable_objective()->set_baseline_date("2026-07-01");
  EXPECT_EQ(given.When(kCoordinator, late), "ObjectiveSet");
}

// F38
TEST(SetObjective, RefusesWhatIsNotSmart) {
  Given given = ProblemInAnalysis();
  auto when = [&](void (*change)(v1::Objective&)) {
    v1::SetObjectiveRequest request = Smart();
    change(*request.mutable_objective());
    return given.When(kCoordinator, request);
  };
  using O = v1::Objective;
  EXPECT_EQ(when([](O& o) { o.clear_metric(); }), "INVALID_ARGUMENT NOT_SMART objective.metric");
  EXPECT_EQ(when([](O& o) { o.clear_baseline_date(); }),
            "INVALID_ARGUMENT NOT_SMART objective.baseline_date");
  EXPECT_EQ(when([](O& o) { o.set_baseline_date("May"); }),
            "INVALID_ARGUMENT NOT_SMART objective.baseline_date");
  EXPECT_EQ(when([](O& o) { o.set_baseline_date("2026-07-02"); }),
            "INVALID_ARGUMENT NOT_SMART objective.baseline_date");
  EXPECT_EQ(when([](O& o) { o.set_target(-1); }), "INVALID_ARGUMENT NOT_SMART objective.target");
  EXPECT_EQ(when([](O& o) { o.set_is_output(true); }),
            "INVALID_ARGUMENT NOT_SMART objective.is_output");
  EXPECT_EQ(when([](O& o) { o.set_target(12); }), "INVALID_ARGUMENT NOT_SMART objective.target");
  EXPECT_EQ(when([](O& o) { o.clear_date(); }), "INVALID_ARGUMENT NOT_SMART objective.date");
  EXPECT_EQ(when([](O& o) { o.set_date("2026-02-30"); }),
            "INVALID_ARGUMENT NOT_SMART objective.date");
  EXPECT_EQ(when([](O& o) { o.set_date("2026-07-01"); }),
            "INVALID_ARGUMENT NOT_SMART objective.date");
  EXPECT_EQ(when([](O& o) { o.clear_outcome(); }), "INVALID_ARGUMENT NOT_SMART objective.outcome");
  EXPECT_EQ(when([](O& o) { o.set_number(1); }), "NOT_FOUND NOT_FOUND objective.number");
  EXPECT_EQ(when([](O& o) { o.set_number(-1); }), "NOT_FOUND NOT_FOUND objective.number");
}

// F39, F43
TEST(PlanAssessment, IsDoneBeforeTheResponse) {
  Given given = ProblemInAnalysis();
  EXPECT_EQ(given.When(kCoordinator, About<v1::PlanAssessmentRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD plan.method");
  EXPECT_EQ(given.When(kCoordinator, About<v1::PlanAssessmentRequest>(kPlan)), "AssessmentPlanned");
  EXPECT_EQ(given.problem().assessment_plan().exit_strategy(), "wardens");
  EXPECT_EQ(ProblemInResponse().When(kCoordinator, About<v1::PlanAssessmentRequest>(kPlan)),
            "FAILED_PRECONDITION WRONG_STATE");
}

}  // namespace
}  // namespace ccfa::sara
