#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ccfa/intake/v1/events.pb.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/recurrence.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

using ::testing::ElementsAre;

constexpr char kSecondCall[] = "councils/E1/calls/2026-000002";
constexpr char kThirdCall[] = "councils/E1/calls/2026-000003";
constexpr char kSecond[] = "councils/E1/problems/2026-000002";
/// About 110 metres, and about 1.1 kilometres, north of the first call.
constexpr double kLat = 53.41, kNear = 53.411, kFar = 53.42;

/// A call of bikes at a latitude on the walk; 0: at no known place.
OpenProblem Bikes(const std::string& call, double lat = kLat, const std::string& ward = "W1") {
  OpenProblem open{call, "councils/E1/teams/north", ward, {}};
  open.details.set_summary("Bikes on Osprey Walk");
  open.details.set_category("anti-social-behaviour");
  open.details.set_happened("2026-06-20");
  if (lat != 0) {
    open.details.mutable_place()->mutable_point()->set_lat(lat);
    open.details.mutable_place()->mutable_point()->set_lon(-2.97);
  }
  return open;
}

Given ClosedProblem(const std::string& result = "RESULT_REDUCED", double lat = kLat) {
  Given given;
  EXPECT_EQ(given.When("system:sara", Bikes(kCall, lat)), "ProblemOpened");
  given.When(kCoordinator, About<v1::TakeUpProblemRequest>());
  given.When(kCoordinator, About<v1::RecordScanRequest>(kScan));
  given.WhenEntering(v1::STAGE_ANALYSIS);
  for (const char* source : {kSource, kOtherSource}) {
    given.When(kCoordinator, About<v1::AddSourceRequest>(source));
  }
  given.When(kCoordinator, About<v1::RecordAnalysisRequest>(kAnalysis));
  given.When(kCoordinator, About<v1::AddHypothesisRequest>("text: 'the gate is open'"));
  given.When(kCoordinator, About<v1::SetObjectiveRequest>(kObjective));
  given.When(kCoordinator, About<v1::PlanAssessmentRequest>(kPlan));
  given.WhenEntering(v1::STAGE_RESPONSE);
  given.When(kCoordinator, FromText<v1::ProposeActionRequest>(kProposal));
  given.When(kOfficer, AboutAction<v1::AcceptActionRequest>());
  given.When(kOfficer, AboutAction<v1::CompleteActionRequest>("result: 'gates are up'"));
  given.WhenEntering(v1::STAGE_ASSESSMENT);
  given.When(kCoordinator, About<v1::RecordAssessmentRequest>(
                               Assessed(result, result == "RESULT_REDUCED" ? 5 : 12)));
  EXPECT_EQ(given.When(kCoordinator, About<v1::CloseProblemRequest>("done: 'gates' why: 'quiet'")),
            "ProblemClosed");
  return given;
}

// F43
TEST(CloseProblem, SetsAWatchOnWhatWasSolved) {
  Given given = ClosedProblem();
  EXPECT_TRUE(given.problem().watched());
  EXPECT_EQ(given.Clocks("E1"), "watch of 2026-000001 by north 2027-01-02T00:00Z");
  Given failed = ClosedProblem("RESULT_NOT_ACHIEVED");
  EXPECT_FALSE(failed.problem().watched());
  EXPECT_EQ(failed.Clocks("E1"), "");
}

// F43
TEST(WatchClock, EndsTheWatch) {
  Given given = ClosedProblem();
  EXPECT_EQ(given.WhenItIs("2026-12-30T00:00:00Z"), "ClockWarned");
  EXPECT_EQ(given.WhenItIs("2027-01-02T00:00:00Z"), "ClockExpired");
  EXPECT_FALSE(given.problem().watched());
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "");
  EXPECT_EQ(given.When("system:sara", Bikes(kSecondCall)), "ProblemOpened");
}

// F43
TEST(OpenProblem, ReopensAWatchedProblemByACallNearby) {
  Given given = ClosedProblem();
  EXPECT_EQ(given.When("system:sara", Bikes(kSecondCall, kNear)), "ProblemReopened");
  v1::Problem problem = given.problem();
  EXPECT_EQ(problem.state(), v1::PROBLEM_STATE_IN_HAND);
  EXPECT_EQ(problem.stage(), v1::STAGE_SCANNING);
  EXPECT_EQ(problem.rung(), v1::RUNG_TEAM);
  EXPECT_EQ(problem.recurrences(), 1);
  EXPECT_FALSE(problem.watched());
  EXPECT_FALSE(problem.has_closing());
  EXPECT_THAT(problem.calls(), ElementsAre(kCall, kSecondCall));
  EXPECT_EQ(given.event().problem_reopened().cause(), v1::REOPEN_CAUSE_RECURRENCE);
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-07-29T23:00Z");
}

// F43
TEST(OpenProblem, OpensAnotherForACallFarAwayOrOfAnotherKindOrTeam) {
  EXPECT_EQ(ClosedProblem().When("system:sara", Bikes(kSecondCall, kFar)), "ProblemOpened");
  OpenProblem litter = Bikes(kSecondCall);
  litter.details.set_category("litter");
  EXPECT_EQ(ClosedProblem().When("system:sara", litter), "ProblemOpened");
  OpenProblem southern = Bikes(kSecondCall);
  southern.team = "councils/E1/teams/south";
  EXPECT_EQ(ClosedProblem().When("system:sara", southern), "ProblemOpened");
}

// F43
TEST(OpenProblem, GoesByTheWardWhereAPlaceIsNotKnown) {
  EXPECT_EQ(ClosedProblem().When("system:sara", Bikes(kSecondCall, 0)), "ProblemReopened");
  EXPECT_EQ(ClosedProblem().When("system:sara", Bikes(kSecondCall, 0, "W2")), "ProblemOpened");
  EXPECT_EQ(ClosedProblem("RESULT_REDUCED", 0).When("system:sara", Bikes(kSecondCall)),
            "ProblemReopened");
}

// F43
RC_GTEST_PROP(WatchedNear, FindsAWatchedProblemExactlyWithinTheDistance, ()) {
  Given given = ClosedProblem();
  int metres = *rc::gen::inRange(0, 500);
  RC_PRE(metres < 248 || metres > 252);
  constexpr double kMetresPerDegree = 111'195;
  v1::CallFacts facts;
  facts.set_category("anti-social-behaviour");
  facts.mutable_point()->set_lat(kLat + metres / kMetresPerDegree);
  facts.mutable_point()->set_lon(-2.97);
  bool found = WatchedNear(given.tables(), "councils/E1/teams/north", facts, 250).has_value();
  RC_ASSERT(found == (metres < 250));
}

// F29, F43
TEST(Raise, FollowsTheSecondRecurrence) {
  Given given = ClosedProblem();
  given.When("system:sara", Bikes(kSecondCall, kNear));
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "nothing, nothing");
  given.WhenEntering(v1::STAGE_ANALYSIS);
  given.WhenEntering(v1::STAGE_RESPONSE);
  given.WhenEntering(v1::STAGE_ASSESSMENT);
  given.When(kCoordinator, About<v1::RecordAssessmentRequest>(Assessed("RESULT_REDUCED", 5)));
  EXPECT_EQ(given.When(kCoordinator, About<v1::CloseProblemRequest>("done: 'x' why: 'y'")),
            "ProblemClosed");
  EXPECT_EQ(given.When("system:sara", Bikes(kThirdCall, kNear)), "ProblemReopened");
  EXPECT_EQ(given.event().problem_reopened().recurrences(), 2);
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())),
            "ProblemRaised, CaseReviewThresholdMet");
}

// F43
TEST(RecordSustainCheck, IsKeptAndReopensWhatDoesNotHold) {
  Given given = ClosedProblem();
  EXPECT_EQ(
      given.When(kCoordinator, About<v1::RecordSustainCheckRequest>("holds: true note: 'quiet'")),
      "SustainChecked");
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "");
  EXPECT_EQ(given.problem().sustain_checks(0).by(), kCoordinator);
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordSustainCheckRequest>("note: 'bikes again'")),
            "SustainChecked");
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "ProblemReopened");
  EXPECT_EQ(given.event().problem_reopened().cause(), v1::REOPEN_CAUSE_SUSTAIN_CHECK);
  EXPECT_THAT(given.problem().calls(), ElementsAre(kCall));
}

// F43
TEST(RecordSustainCheck, Refuses) {
  auto check = About<v1::RecordSustainCheckRequest>("holds: true note: 'quiet'");
  EXPECT_EQ(ClosedProblem().When(kCoordinator, About<v1::RecordSustainCheckRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD note");
  EXPECT_EQ(ClosedProblem("RESULT_NOT_ACHIEVED").When(kCoordinator, check),
            "FAILED_PRECONDITION NOT_WATCHED");
  EXPECT_EQ(ProblemInScanning().When(kCoordinator, check), "FAILED_PRECONDITION WRONG_STATE");
}

// F10
TEST(ParkProblem, PutsAOneOffAsideUntilThereIsMoreOfIt) {
  Given given;
  given.When("system:sara", Bikes(kCall));
  given.When(kCoordinator, About<v1::TakeUpProblemRequest>());
  EXPECT_EQ(given.When(kCoordinator, About<v1::ParkProblemRequest>("reason: 'it was one party'")),
            "ProblemParked");
  EXPECT_EQ(given.problem().state(), v1::PROBLEM_STATE_PARKED);
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.When("system:sara", Bikes(kSecondCall, kNear)), "ProblemReopened");
  EXPECT_EQ(given.event().problem_reopened().cause(), v1::REOPEN_CAUSE_PATTERN);
  EXPECT_EQ(given.problem().recurrences(), 0);
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "nothing");
}

// F10
TEST(TakeUpProblem, RecallsAParkedOne) {
  Given given = QueuedProblem();
  given.When(kCoordinator, About<v1::ParkProblemRequest>("reason: 'it was one party'"));
  EXPECT_EQ(given.When(kCoordinator, About<v1::TakeUpProblemRequest>()), "ProblemTakenUp");
  EXPECT_FALSE(given.problem().watched());
}

// F10
TEST(ParkProblem, Refuses) {
  auto park = About<v1::ParkProblemRequest>("reason: 'a one-off'");
  EXPECT_EQ(QueuedProblem().When(kCoordinator, About<v1::ParkProblemRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(ProblemInAnalysis().When(kCoordinator, park), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(ProblemWithScrutiny(ProblemInScanning()).When(kCoordinator, park),
            "FAILED_PRECONDITION WITH_SCRUTINY");
  EXPECT_EQ(ClosedProblem().When(kCoordinator, park), "FAILED_PRECONDITION WRONG_STATE");
}

// F7
TEST(ReferProblem, ClosesItWithTheServiceThatHasIt) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.When(kCoordinator,
                       About<v1::ReferProblemRequest>("service: 'waste' reason: 'one bin'")),
            "ProblemClosed");
  EXPECT_EQ(given.problem().closing().result(), v1::RESULT_REFERRED);
  EXPECT_EQ(given.problem().closing().done(), "referred to waste");
  EXPECT_FALSE(given.problem().watched());
  EXPECT_THAT(given.event().problem_closed().calls(), ElementsAre(kCall));
}

// F7
TEST(ReferProblem, Refuses) {
  auto refer = About<v1::ReferProblemRequest>("service: 'waste' reason: 'one bin'");
  EXPECT_EQ(QueuedProblem().When(kCoordinator, About<v1::ReferProblemRequest>("reason: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD service");
  EXPECT_EQ(QueuedProblem().When(kCoordinator, About<v1::ReferProblemRequest>("service: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(ProblemInAnalysis().When(kCoordinator, refer), "FAILED_PRECONDITION WRONG_STATE");
}

// F63
TEST(ReopenForCall, BringsTheProblemBackToItsTeam) {
  Given given = ClosedProblem("RESULT_NOT_ACHIEVED");
  ReopenForCall reopen{kCall, kProblem, "the bikes are back"};
  EXPECT_EQ(given.When("system:sara", reopen), "ProblemReopened");
  EXPECT_EQ(given.event().problem_reopened().cause(), v1::REOPEN_CAUSE_NOT_FIXED);
  EXPECT_EQ(given.problem().state(), v1::PROBLEM_STATE_IN_HAND);
  EXPECT_EQ(given.problem().stage(), v1::STAGE_SCANNING);
  EXPECT_THAT(given.problem().calls(), ElementsAre(kCall));
  EXPECT_EQ(given.problem().call_facts_size(), 1);
  EXPECT_EQ(given.When("system:sara", reopen), "nothing");
}

// F63
TEST(ReopenForCall, OpensANewProblemWhereTheOldOneWasEmptied) {
  Given given = ProblemInScanning();
  v1::Problem emptied = given.problem();
  emptied.clear_calls();
  emptied.clear_call_facts();
  emptied.set_state(v1::PROBLEM_STATE_EMPTIED);
  given.tables().problems.Put(kProblem, emptied);
  EXPECT_EQ(given.When("system:sara", ReopenForCall{kCall, kProblem, "back"}), "ProblemOpened");
  EXPECT_EQ(given.problem(kSecond).title(), "Bikes on Osprey Walk");
  EXPECT_EQ(given.When("system:sara", ReopenForCall{kThirdCall, "councils/E1/problems/9", "back"}),
            "NOT_FOUND NOT_FOUND problem");
}

// F3
TEST(ClassifyCall, GivesTheProblemTheLawOfAllItsCalls) {
  Given given;
  OpenProblem bikes = Bikes(kCall);
  bikes.details.set_regime(intake::v1::REGIME_CRIME_AND_DISORDER);
  given.When("system:sara", bikes);
  EXPECT_EQ(given.problem().regime(), intake::v1::REGIME_CRIME_AND_DISORDER);
  given.When("system:sara", Bikes(kSecondCall));
  given.When(kCoordinator, About<v1::AttachCallRequest>(absl::StrCat("call: '", kSecondCall, "'")));
  EXPECT_EQ(given.problem().regime(), intake::v1::REGIME_CRIME_AND_DISORDER);
  ClassifyCall other{kSecondCall, intake::v1::REGIME_OTHER_MATTER, "it is about the road"};
  EXPECT_EQ(given.When("system:sara", other), "ProblemClassified");
  EXPECT_EQ(given.problem().regime(), intake::v1::REGIME_BOTH);
  EXPECT_EQ(given.When("system:sara", other), "nothing");
  given.When(kCoordinator, About<v1::RaiseProblemRequest>("reason: 'beyond us'"));
  EXPECT_EQ(given.event().problem_raised().regime(), intake::v1::REGIME_BOTH);
  EXPECT_EQ(given.When("system:sara", ClassifyCall{kThirdCall, intake::v1::REGIME_BOTH, "x"}),
            "nothing");
}

// F65
TEST(CountAffected, AddsUpOverTheCalls) {
  Given given;
  given.When("system:sara", Bikes(kCall));
  given.When("system:sara", Bikes(kSecondCall));
  given.When(kCoordinator, About<v1::AttachCallRequest>(absl::StrCat("call: '", kSecondCall, "'")));
  EXPECT_EQ(given.When("system:sara", CountAffected{kCall, 3}), "ProblemAffected");
  EXPECT_EQ(given.When("system:sara", CountAffected{kSecondCall, 4}), "ProblemAffected");
  EXPECT_EQ(given.When("system:sara", CountAffected{kSecondCall, 4}), "nothing");
  EXPECT_EQ(given.problem().affected(), 7);
  EXPECT_EQ(given.When("system:sara", CountAffected{kThirdCall, 4}), "nothing");
}

/// Three calls of one problem, the last of which happened on that day or in that month.
std::string DetectedAfter(const std::string& third_happened,
                          const std::string& category = "anti-social-behaviour") {
  Given given;
  for (const char* call : {kCall, kSecondCall, kThirdCall}) {
    OpenProblem open = Bikes(call);
    open.details.set_category(category);
    if (call == std::string(kThirdCall)) open.details.set_happened(third_happened);
    given.When("system:sara", open);
    given.When(kCoordinator, About<v1::AttachCallRequest>(absl::StrCat("call: '", call, "'")));
  }
  return given.When("system:sara", DetectCaseReview{kProblem});
}

// F3, F63, F65
TEST(Rules, TakeUpWhatIntakeSaysOfACallLater) {
  Given given = ClosedProblem();
  auto when = [&](const std::string& event) {
    return given.WhenHappened("ccfa.intake.v1", FromText<intake::v1::Event>(event));
  };
  std::string name = absl::StrCat("name: '", kCall, "' ");
  EXPECT_EQ(when(absl::StrCat("call_classified { ", name, "regime: REGIME_OTHER_MATTER }")),
            "ProblemClassified");
  EXPECT_EQ(when(absl::StrCat("affected_said { ", name, "count: 3 }")), "ProblemAffected");
  EXPECT_EQ(when(absl::StrCat("call_reopened { ", name, "reason: 'bikes again' }")),
            "ProblemReopened");
  EXPECT_EQ(given.problem().regime(), intake::v1::REGIME_OTHER_MATTER);
  EXPECT_EQ(given.problem().affected(), 3);
}

// F54
TEST(DetectCaseReview, CountsComplaintsMadeWithinAMonthOfTheBehaviour) {
  EXPECT_EQ(DetectedAfter("2026-06-20"), "CaseReviewThresholdMet");
  EXPECT_EQ(DetectedAfter("2026-06-01"), "CaseReviewThresholdMet");
  EXPECT_EQ(DetectedAfter("2026-05-31"), "nothing");
  EXPECT_EQ(DetectedAfter("2026-06"), "CaseReviewThresholdMet");
  EXPECT_EQ(DetectedAfter("2026-05"), "nothing");
  EXPECT_EQ(DetectedAfter(""), "nothing");
  EXPECT_EQ(DetectedAfter("2026-06-20", "litter"), "nothing");
}

// F54, F29
TEST(DetectCaseReview, HappensOnceAndLetsTheTaskingGroupKnow) {
  Given given;
  for (const char* call : {kCall, kSecondCall, kThirdCall}) {
    given.When("system:sara", Bikes(call));
    given.When(kCoordinator, About<v1::AttachCallRequest>(absl::StrCat("call: '", call, "'")));
  }
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "CaseReviewThresholdMet");
  EXPECT_EQ(given.event().case_review_threshold_met().complaints(), 3);
  EXPECT_THAT(given.event().case_review_threshold_met().calls(),
              ElementsAre(kCall, kSecondCall, kThirdCall));
  v1::Event met = given.event();
  EXPECT_EQ(given.WhenHappened(kTopic, met), "ProblemRaised");
  EXPECT_EQ(given.event().problem_raised().cause(), v1::RAISE_CAUSE_CASE_REVIEW);
  EXPECT_EQ(given.WhenHappened(kTopic, met), "nothing");
  EXPECT_EQ(given.When("system:sara", DetectCaseReview{kProblem}), "nothing");
}

// F54
TEST(DetectCaseReview, ForgetsComplaintsOlderThanHalfAYear) {
  Given given;
  for (const char* call : {kCall, kSecondCall}) {
    given.When("system:sara", Bikes(call));
    given.When(kCoordinator, About<v1::AttachCallRequest>(absl::StrCat("call: '", call, "'")));
  }
  given.WhenItIs("2027-01-02T00:00:00Z");
  OpenProblem third = Bikes(kThirdCall);
  third.details.set_happened("2026-12-20");
  given.When("system:sara", third);
  given.When(kCoordinator, About<v1::AttachCallRequest>(absl::StrCat("call: '", kThirdCall, "'")));
  EXPECT_EQ(given.When("system:sara", DetectCaseReview{kProblem}), "nothing");
}

}  // namespace
}  // namespace ccfa::sara
