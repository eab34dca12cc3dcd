#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "services/sara/domain/quality.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

v1::RecordAssessmentRequest Assess(const std::string& result, double measured) {
  return About<v1::RecordAssessmentRequest>(Assessed(result, measured));
}

/// In assessment, with two objectives: calls to fall from 12 to 3, trips to rise from 10 to 20.
Given ProblemWithTwoObjectives() {
  Given given = ProblemInAnalysis();
  for (const char* source : {kSource, kOtherSource}) {
    EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(source)), "SourceAdded");
  }
  given.When(kCoordinator, About<v1::RecordAnalysisRequest>(kAnalysis));
  given.When(kCoordinator, About<v1::AddHypothesisRequest>("text: 'the gate is open'"));
  given.When(kCoordinator, About<v1::SetObjectiveRequest>(kObjective));
  given.When(kCoordinator,
             About<v1::SetObjectiveRequest>(
                 "objective { metric: 'trips' baseline: 10 target: 20 date: '2026-12-31' "
                 "baseline_date: '2026-06-30' "
                 "outcome: 'people walk there' measured_by: 'analyst:wu' }"));
  given.When(kCoordinator, About<v1::PlanAssessmentRequest>(kPlan));
  given.WhenEntering(v1::STAGE_RESPONSE);
  given.When(kCoordinator, FromText<v1::ProposeActionRequest>(kProposal));
  given.When(kOfficer, AboutAction<v1::AcceptActionRequest>());
  given.When(kOfficer,
             AboutAction<v1::CompleteActionRequest>("result: 'up' extent: EXTENT_PARTLY"));
  EXPECT_EQ(given.WhenEntering(v1::STAGE_ASSESSMENT), "StageEntered");
  return given;
}

// F39
TEST(RecordAssessment, KeepsWhatWasDoneApartFromWhatItDid) {
  Given given = ProblemWithTwoObjectives();
  auto assess = Assess("RESULT_REDUCED", 5);
  v1::Impact& trips = *assess.mutable_assessment()->add_impacts();
  trips = FromText<v1::Impact>("objective: 2 measured: 9 date: '2026-06-30' source: 2");
  EXPECT_EQ(given.When(kCoordinator, assess), "AssessmentRecorded");
  v1::Assessment assessment = given.problem().assessment();
  ASSERT_EQ(assessment.actions_size(), 1);
  EXPECT_EQ(assessment.actions(0).action(), kAction);
  EXPECT_EQ(assessment.actions(0).extent(), v1::EXTENT_PARTLY);
  EXPECT_EQ(assessment.actions(0).result(), "up");
  EXPECT_EQ(assessment.impacts_size(), 2);
  EXPECT_EQ(assessment.measured(), 5);
}

// F39
TEST(RecordAssessment, NeedsAMeasureOfEveryObjective) {
  Given given = ProblemWithTwoObjectives();
  EXPECT_EQ(given.When(kCoordinator, Assess("RESULT_REDUCED", 5)),
            "FAILED_PRECONDITION GATE_NOT_MET");
}

// F39
TEST(RecordAssessment, RefusesAMeasureOfNothingOrOfNoDay) {
  Given given = ProblemInAssessment();
  auto when = [&](void (*change)(v1::Impact&)) {
    v1::RecordAssessmentRequest request = Assess("RESULT_REDUCED", 5);
    change(*request.mutable_assessment()->mutable_impacts(0));
    return given.When(kCoordinator, request);
  };
  using I = v1::Impact;
  EXPECT_EQ(when([](I& i) { i.set_objective(2); }), "NOT_FOUND NOT_FOUND assessment.impacts");
  EXPECT_EQ(when([](I& i) { i.set_source(3); }), "NOT_FOUND NOT_FOUND assessment.impacts");
  EXPECT_EQ(when([](I& i) { i.clear_measured(); }),
            "INVALID_ARGUMENT INVALID_FIELD assessment.impacts");
  EXPECT_EQ(when([](I& i) { i.set_date("June"); }),
            "INVALID_ARGUMENT INVALID_FIELD assessment.impacts");
  EXPECT_EQ(when([](I& i) { i.set_date("2026-07-02"); }),
            "INVALID_ARGUMENT INVALID_FIELD assessment.impacts");
  v1::RecordAssessmentRequest twice = Assess("RESULT_REDUCED", 5);
  *twice.mutable_assessment()->add_impacts() = twice.assessment().impacts(0);
  EXPECT_EQ(given.When(kCoordinator, twice), "INVALID_ARGUMENT INVALID_FIELD assessment.impacts");
}

// F39
TEST(RecordAssessment, RefusesWithoutItsWords) {
  Given given = ProblemInAssessment();
  EXPECT_EQ(
      given.When(kCoordinator, About<v1::RecordAssessmentRequest>("assessment { impact: 'x' }")),
      "INVALID_ARGUMENT INVALID_FIELD assessment.process");
  EXPECT_EQ(
      given.When(kCoordinator, About<v1::RecordAssessmentRequest>("assessment { process: 'x' }")),
      "INVALID_ARGUMENT INVALID_FIELD assessment.impact");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordAssessmentRequest>(
                                         "assessment { process: 'x' impact: 'y' }")),
            "INVALID_ARGUMENT INVALID_FIELD assessment.result");
  EXPECT_EQ(ProblemInResponse().When(kCoordinator, Assess("RESULT_REDUCED", 5)),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F41
TEST(RecordAssessment, RefusesAResultThatTheMeasureDoesNotBearOut) {
  auto outcome = [](const std::string& result, double measured) {
    return ProblemInAssessment().When(kCoordinator, Assess(result, measured));
  };
  constexpr char kNotMeasured[] = "FAILED_PRECONDITION RESULT_NOT_MEASURED assessment.result";
  EXPECT_EQ(outcome("RESULT_REDUCED", 12), kNotMeasured);
  EXPECT_EQ(outcome("RESULT_REDUCED", 13), kNotMeasured);
  EXPECT_EQ(outcome("RESULT_REDUCED", 11), "AssessmentRecorded");
  EXPECT_EQ(outcome("RESULT_ELIMINATED", 4), kNotMeasured);
  EXPECT_EQ(outcome("RESULT_ELIMINATED", 3), "AssessmentRecorded");
  EXPECT_EQ(outcome("RESULT_HANDLED_BETTER", 12), "AssessmentRecorded");
  EXPECT_EQ(outcome("RESULT_NOT_ACHIEVED", 5), "AssessmentRecorded");
}

// F41
TEST(Quality, CountsAnalysisAndAssessmentDoubleAndSaysWhatWasLost) {
  Given given = AssessedProblem();
  const v1::Quality& quality = given.event().assessment_recorded().assessment().quality();
  EXPECT_EQ(quality.scanning(), 8);
  EXPECT_EQ(quality.analysis(), 8);
  EXPECT_EQ(quality.response(), 9);
  EXPECT_EQ(quality.assessment(), 9);
  EXPECT_EQ(quality.percent(), (8 + 2 * 8 + 9 + 2 * 9) * 100 / 60);
  EXPECT_THAT(
      quality.shortfalls(),
      ::testing::ElementsAre("scanning -1: its consequences", "scanning -1: how often it happens",
                             "analysis -1: a third kind of source",
                             "analysis -1: a second hypothesis that was weighed",
                             "response -1: an action whose measure tells of an objective",
                             "assessment -1: measures from more than one source"));
}

// F41
RC_GTEST_PROP(Quality, IsNeverLowerForMoreSourcesAndStaysWithinAHundred, ()) {
  v1::Problem problem;
  int least = 0;
  for (int grade : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5))) {
    v1::DataSource& source = *problem.add_sources();
    source.set_kind(absl::StrCat("kind-", *rc::gen::inRange(0, 4)));
    source.set_grade(static_cast<v1::Grade>(grade));
    v1::Quality quality = QualityOf(problem, v1::Assessment());
    RC_ASSERT(quality.percent() >= least);
    RC_ASSERT(quality.percent() <= 100);
    least = quality.percent();
  }
}

}  // namespace
}  // namespace ccfa::sara
