#include <gtest/gtest.h>

#include "ccfa/scrutiny/v1/events.pb.h"
#include "services/sara/domain/policy.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

constexpr char kCouncillor[] = "councillor:okafor";

v1::RaiseProblemRequest RaiseRequest(const std::string& to = "") {
  return About<v1::RaiseProblemRequest>(absl::StrCat("reason: 'no progress' ", to));
}

std::string WhenDecided(Given& given, scrutiny::v1::DecisionKind kind) {
  scrutiny::v1::Event event;
  auto& decided = *event.mutable_referral_decided();
  decided.set_name("councils/E1/referrals/2026-000001");
  decided.set_problem(kProblem);
  decided.mutable_decision()->set_kind(kind);
  decided.mutable_decision()->set_reasons("the team can do more");
  return given.WhenHappened("ccfa.scrutiny.v1", event);
}

std::string WhenReferralClosed(Given& given, bool resolved) {
  scrutiny::v1::Event event;
  auto& closed = *event.mutable_referral_closed();
  closed.set_problem(kProblem);
  closed.mutable_closing()->set_resolved(resolved);
  closed.mutable_closing()->set_done("the force took it on");
  closed.mutable_closing()->set_by("scrutiny:hart");
  closed.mutable_closing()->set_why("all carried out");
  return given.WhenHappened("ccfa.scrutiny.v1", event);
}

// F30, F45, F46
TEST(RaiseProblem, GoesUpOneRungWithThePackAndANewStageClock) {
  Given given = ProblemInScanning();
  given.WhenItIs("2026-07-06T09:00:00Z");
  EXPECT_EQ(given.When(kCoordinator, RaiseRequest()), "ProblemRaised");
  const v1::ProblemRaised& raised = given.event().problem_raised();
  EXPECT_EQ(raised.from(), v1::RUNG_TEAM);
  EXPECT_EQ(raised.to(), v1::RUNG_TASKING_GROUP);
  EXPECT_EQ(raised.cause(), v1::RAISE_CAUSE_TEAM);
  EXPECT_EQ(raised.title(), "Bikes on Osprey Walk");
  EXPECT_THAT(raised.calls(), ::testing::ElementsAre(kCall));
  ASSERT_EQ(raised.trail_size(), 2);
  EXPECT_EQ(raised.trail(0).result(), "no patrol to spare");
  EXPECT_EQ(raised.trail(1).what(), "entered scanning");
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-08-03T23:00Z");
}

// F30
TEST(RaiseProblem, StopsTheStageClockButNotAnActionsWhenScrutinyGetsIt) {
  Given given = ProblemWithScrutiny(AcceptedAction());
  EXPECT_EQ(given.problem().rung(), v1::RUNG_SCRUTINY);
  EXPECT_EQ(given.event().problem_raised().cause(), v1::RAISE_CAUSE_COUNCILLOR);
  EXPECT_EQ(given.Clocks("E1"),
            "due-action of 1 by police 2026-07-20T23:00Z, "
            "overdue-action of 1 by police 2026-08-03T23:00Z");
}

// F30
TEST(RaiseProblem, StartsNoClockForAProblemNobodyTookUp) {
  Given given = QueuedProblem();
  EXPECT_EQ(given.When(kCouncillor, RaiseRequest()), "ProblemRaised");
  EXPECT_EQ(given.Clocks("E1"), "");
}

// F30
TEST(RaiseProblem, Refuses) {
  Given given = ProblemWithScrutiny(ProblemInScanning());
  EXPECT_EQ(given.When(kOfficer, RaiseRequest()), "PERMISSION_DENIED MAY_NOT_RAISE");
  EXPECT_EQ(given.When(kCouncillor, About<v1::RaiseProblemRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  v1::RaiseProblemRequest unknown = RaiseRequest();
  unknown.set_to(static_cast<v1::Rung>(9));
  EXPECT_EQ(given.When(kCouncillor, unknown), "INVALID_ARGUMENT INVALID_FIELD to");
  EXPECT_EQ(given.When(kCouncillor, RaiseRequest()), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(given.When(kCouncillor, RaiseRequest("to: RUNG_TASKING_GROUP")),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F28, F29
TEST(StageClock, RaisesRungByRungUntilScrutinyHasIt) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.WhenItIs("2026-07-27T23:00:00Z"), "ClockWarned");
  EXPECT_EQ(given.WhenItIs("2026-07-29T23:00:00Z"), "ClockExpired");
  v1::Event expired = given.event();
  EXPECT_EQ(given.WhenHappened(kTopic, expired), "ProblemRaised");
  EXPECT_EQ(given.event().problem_raised().cause(), v1::RAISE_CAUSE_STAGE_EXPIRED);
  EXPECT_EQ(given.event().problem_raised().trail(2).what(), "ran out of time in scanning");
  EXPECT_EQ(given.WhenItIs("2026-09-01T00:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.WhenHappened(kTopic, expired), "ProblemRaised");
  EXPECT_EQ(given.problem().rung(), v1::RUNG_SCRUTINY);
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.WhenHappened(kTopic, expired), "nothing");
}

// F29
TEST(Raise, FollowsOnlyAnAssessmentThatFailed) {
  Given failed = AssessedProblem("RESULT_NOT_ACHIEVED");
  EXPECT_EQ(failed.WhenHappened(kTopic, v1::Event(failed.event())), "ProblemRaised");
  EXPECT_EQ(failed.event().problem_raised().cause(), v1::RAISE_CAUSE_ASSESSMENT_FAILED);
  Given reduced = AssessedProblem("RESULT_REDUCED");
  EXPECT_EQ(reduced.WhenHappened(kTopic, v1::Event(reduced.event())), "");
}

// F29
TEST(Raise, RefusesAProblemItDoesNotKnow) {
  EXPECT_EQ(Given().When("system:sara", Raise{kProblem, v1::RAISE_CAUSE_STAGE_EXPIRED, "late"}),
            "NOT_FOUND NOT_FOUND name");
}

// F48
TEST(ReturnProblem, GivesItBackToTheTeamWithANewClock) {
  for (auto kind :
       {scrutiny::v1::DECISION_KIND_DECLINE, scrutiny::v1::DECISION_KIND_RETURN_TO_TEAM}) {
    Given given = ProblemWithScrutiny(ProblemInScanning());
    given.WhenItIs("2026-07-06T09:00:00Z");
    EXPECT_EQ(WhenDecided(given, kind), "ProblemReturned");
    EXPECT_EQ(given.problem().rung(), v1::RUNG_TEAM);
    EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-08-03T23:00Z");
    EXPECT_EQ(WhenDecided(given, kind), "nothing");
  }
}

// F48
TEST(ReturnProblem, DoesNotFollowAReviewOrADeferral) {
  Given given = ProblemWithScrutiny(ProblemInScanning());
  EXPECT_EQ(WhenDecided(given, scrutiny::v1::DECISION_KIND_ACCEPT_FOR_REVIEW), "");
  EXPECT_EQ(WhenDecided(given, scrutiny::v1::DECISION_KIND_DEFER), "");
}

// F48
TEST(CloseReferredProblem, EndsWithScrutinysWordsAndTheTeamsOwnSuccess) {
  Given unassessed = ProblemWithScrutiny(ProblemInScanning());
  EXPECT_EQ(WhenReferralClosed(unassessed, true), "ProblemClosed");
  EXPECT_EQ(unassessed.problem().closing().result(), v1::RESULT_REFERRED);
  EXPECT_EQ(unassessed.problem().closing().by(), "scrutiny:hart");
  EXPECT_EQ(unassessed.problem().closing().done(), "the force took it on");
  EXPECT_EQ(WhenReferralClosed(unassessed, true), "nothing");

  Given assessed = ProblemWithScrutiny(AssessedProblem("RESULT_ELIMINATED"));
  EXPECT_EQ(WhenReferralClosed(assessed, true), "ProblemClosed");
  EXPECT_EQ(assessed.problem().closing().result(), v1::RESULT_ELIMINATED);

  Given failed = ProblemWithScrutiny(AssessedProblem("RESULT_NOT_ACHIEVED"));
  EXPECT_EQ(WhenReferralClosed(failed, true), "ProblemClosed");
  EXPECT_EQ(failed.problem().closing().result(), v1::RESULT_REFERRED);

  Given unresolved = ProblemWithScrutiny(AssessedProblem("RESULT_ELIMINATED"));
  EXPECT_EQ(WhenReferralClosed(unresolved, false), "ProblemClosed");
  EXPECT_EQ(unresolved.problem().closing().result(), v1::RESULT_NOT_ACHIEVED);
}

// F45
TEST(Trail, TellsWhoTriedWhatAndWhatCameOfIt) {
  Given given = ProposedAction();
  given.When(kOfficer, AboutAction<v1::DeclineActionRequest>("reason: 'not our land'"));
  v1::Problem problem = given.problem();
  std::vector<std::string> trail;
  for (const v1::TrailEntry& entry : problem.trail()) {
    trail.push_back(absl::StrCat(entry.who(), " ", entry.what(), ": ", entry.result()));
  }
  EXPECT_THAT(trail, ::testing::ElementsAre(
                         "the community contacted the police before the call: no patrol to spare",
                         "coordinator:lee entered scanning: ", "coordinator:lee entered analysis: ",
                         "coordinator:lee entered response: ",
                         "coordinator:lee asked councils/E1/agencies/police for action 1, gates: ",
                         "officer:reid@police declined action 1, gates: not our land"));
}

// F45
TEST(Trail, KeepsTheLatestOfWhatItHasRoomFor) {
  Given given = ProblemInScanning();
  for (int i = 0; i < kMostTrail; ++i) {
    v1::Problem problem = given.problem();
    problem.add_trail()->set_what("waited");
    given.tables().problems.Put(kProblem, problem);
    if (problem.trail_size() == kMostTrail) break;
  }
  EXPECT_EQ(given.When(kCoordinator, RaiseRequest()), "ProblemRaised");
  EXPECT_EQ(given.problem().trail_size(), kMostTrail);
  EXPECT_EQ(given.problem().trail(kMostTrail - 1).what(), "raised it to tasking group");
  EXPECT_EQ(given.problem().trail(0).what(), "entered scanning");
}

}  // namespace
}  // namespace ccfa::sara
