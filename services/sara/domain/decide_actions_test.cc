#include <gtest/gtest.h>

#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

v1::ProposeActionRequest Proposal() {
  return FromText<v1::ProposeActionRequest>(kProposal);
}

// F27, F37
TEST(ProposeAction, AsksTheAgencyAndStartsItsClock) {
  Given given = ProposedAction();
  ASSERT_EQ(given.problem().actions_size(), 1);
  EXPECT_EQ(given.problem().actions(0).name(), kAction);
  EXPECT_EQ(given.problem().actions(0).state(), v1::ACTION_STATE_PROPOSED);
  EXPECT_EQ(given.Clocks("E1"),
            "accept-action of 1 by police 2026-07-08T23:00Z, "
            "stage of 2026-000001 by north 2026-07-29T23:00Z");
}

// F27, F37
TEST(ProposeAction, Refuses) {
  Given given = ProblemInResponse();
  auto when = [&](void (*change)(v1::Action&)) {
    v1::ProposeActionRequest request = Proposal();
    change(*request.mutable_action());
    return given.When(kCoordinator, request);
  };
  using A = v1::Action;
  EXPECT_EQ(when([](A& a) { a.clear_description(); }),
            "INVALID_ARGUMENT INVALID_FIELD action.description");
  EXPECT_EQ(when([](A& a) { a.clear_measure(); }), "INVALID_ARGUMENT INVALID_FIELD action.measure");
  EXPECT_EQ(when([](A& a) { a.set_agency("police"); }),
            "INVALID_ARGUMENT INVALID_FIELD action.agency");
  EXPECT_EQ(when([](A& a) { a.clear_officer(); }), "INVALID_ARGUMENT INVALID_FIELD action.officer");
  EXPECT_EQ(when([](A& a) { a.set_due_date("soon"); }),
            "INVALID_ARGUMENT INVALID_FIELD action.due_date");
  EXPECT_EQ(when([](A& a) { a.set_due_date("2026-06-30"); }),
            "INVALID_ARGUMENT INVALID_FIELD action.due_date");
  EXPECT_EQ(when([](A& a) { a.set_objective(2); }), "NOT_FOUND NOT_FOUND action.objective");
  EXPECT_EQ(when([](A& a) { a.set_hypothesis(2); }), "NOT_FOUND NOT_FOUND action.hypothesis");
  EXPECT_EQ(when([](A& a) { a.set_agency("councils/E1/agencies/fire"); }),
            "NOT_FOUND NOT_FOUND action.agency");
  EXPECT_EQ(ProblemInAnalysis().When(kCoordinator, Proposal()), "FAILED_PRECONDITION WRONG_STATE");
  v1::ProposeActionRequest orphan = Proposal();
  orphan.set_parent("councils/E1");
  EXPECT_EQ(given.When(kCoordinator, orphan), "INVALID_ARGUMENT INVALID_FIELD parent");
}

// F37
TEST(ProposeAction, AnswersOnlyAHypothesisThatStands) {
  Given given = ProblemInResponse();
  given.When(kCoordinator, About<v1::RejectHypothesisRequest>("number: 1 reason: 'shut'"));
  EXPECT_EQ(given.When(kCoordinator, Proposal()), "FAILED_PRECONDITION WRONG_STATE");
}

// F27
TEST(AcceptAction, StartsTheClockToTheEndOfTheDayItIsDue) {
  Given given = AcceptedAction();
  EXPECT_EQ(given.problem().actions(0).state(), v1::ACTION_STATE_ACCEPTED);
  EXPECT_EQ(given.problem().actions(0).accepted_by(), kOfficer);
  EXPECT_EQ(given.Clocks("E1"),
            "due-action of 1 by police 2026-07-20T23:00Z, "
            "overdue-action of 1 by police 2026-08-03T23:00Z, "
            "stage of 2026-000001 by north 2026-07-29T23:00Z");
}

// F27
TEST(AcceptAction, IsDueTodayWhenAcceptedAfterItsDay) {
  Given given = ProblemInResponse();
  v1::ProposeActionRequest hurried = Proposal();
  hurried.mutable_action()->set_due_date("2026-07-01");
  EXPECT_EQ(given.When(kCoordinator, hurried), "ActionProposed");
  given.WhenItIs("2026-07-03T09:00:00Z");
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::AcceptActionRequest>()), "ActionAccepted");
  EXPECT_EQ(TimeText(given.event().action_accepted().clocks(0).due_time()), "2026-07-03T23:00Z");
}

// F27
TEST(AcceptAction, Refuses) {
  Given given = ProposedAction();
  auto accept = AboutAction<v1::AcceptActionRequest>();
  EXPECT_EQ(given.When("officer:ash@fire", accept), "PERMISSION_DENIED NOT_ACTION_OWNER");
  EXPECT_EQ(given.When(kCoordinator, accept), "PERMISSION_DENIED NOT_ACTION_OWNER");
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::AcceptActionRequest>("etag: '1'")),
            "ABORTED ETAG_MOVED etag");
  EXPECT_EQ(given.When(kOfficer, About<v1::AcceptActionRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD name");
  accept.set_name(absl::StrCat(kProblem, "/actions/2"));
  EXPECT_EQ(given.When(kOfficer, accept), "NOT_FOUND NOT_FOUND name");
  EXPECT_EQ(AcceptedAction().When(kOfficer, AboutAction<v1::AcceptActionRequest>()),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F27, F29
TEST(DeclineAction, NeedsAReasonAndRaisesTheProblem) {
  Given given = ProposedAction();
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::DeclineActionRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::DeclineActionRequest>("reason: 'not our land'")),
            "ActionDeclined");
  EXPECT_EQ(given.problem().actions(0).reason(), "not our land");
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "ProblemRaised");
  EXPECT_EQ(given.event().problem_raised().cause(), v1::RAISE_CAUSE_ACTION_DECLINED);
  EXPECT_EQ(given.event().problem_raised().reason(), "action 1 was declined: not our land");
}

// F28
TEST(CompleteAction, NeedsItsResult) {
  Given given = AcceptedAction();
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::CompleteActionRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD result");
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::CompleteActionRequest>("result: 'up'")),
            "ActionCompleted");
  EXPECT_EQ(given.problem().actions(0).result(), "up");
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-07-29T23:00Z");
  EXPECT_EQ(given.problem().actions(0).extent(), v1::EXTENT_DONE);
  EXPECT_EQ(AcceptedAction().When(kOfficer, AboutAction<v1::CompleteActionRequest>(
                                                "result: 'no' extent: EXTENT_NOT_DONE")),
            "INVALID_ARGUMENT INVALID_FIELD extent");
  EXPECT_EQ(ProposedAction().When(kOfficer, AboutAction<v1::CompleteActionRequest>("result: 'up'")),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F28, F29
TEST(AcceptActionClock, WarnsThenLapsesTheActionAndRaisesTheProblem) {
  Given given = ProposedAction();
  EXPECT_EQ(given.WhenItIs("2026-07-06T22:59:00Z"), "");
  EXPECT_EQ(given.WhenItIs("2026-07-06T23:00:00Z"), "ClockWarned");
  EXPECT_EQ(given.WhenItIs("2026-07-08T22:59:00Z"), "");
  EXPECT_EQ(given.WhenItIs("2026-07-08T23:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.problem().actions(0).state(), v1::ACTION_STATE_LAPSED);
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "ProblemRaised");
  EXPECT_EQ(given.event().problem_raised().cause(), v1::RAISE_CAUSE_ACTION_LAPSED);
}

// F28
TEST(DueActionClock, RemindsThenMarksTheActionOverdueOnceAndRaisesNothing) {
  Given given = AcceptedAction();
  EXPECT_EQ(given.WhenItIs("2026-07-16T23:00:00Z"), "ClockWarned");
  EXPECT_EQ(given.WhenItIs("2026-07-20T23:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.WhenItIs("2026-07-20T23:00:01Z"), "");
  EXPECT_TRUE(given.problem().actions(0).overdue());
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "");
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::CompleteActionRequest>("result: 'late'")),
            "ActionCompleted");
}

// F28, F29, F45
TEST(OverdueActionClock, RaisesTheProblemAfterTheGraceWithItsTrail) {
  Given given = AcceptedAction();
  EXPECT_EQ(given.WhenItIs("2026-07-20T23:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.WhenItIs("2026-07-30T23:00:00Z"), "ClockExpired, ClockWarned");
  EXPECT_EQ(given.WhenItIs("2026-08-03T23:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "ProblemRaised");
  const v1::ProblemRaised& raised = given.event().problem_raised();
  EXPECT_EQ(raised.cause(), v1::RAISE_CAUSE_ACTION_OVERDUE);
  EXPECT_EQ(raised.trail(raised.trail_size() - 1).what(), "waited in vain for action 1, gates");
}

// F28
TEST(OverdueActionClock, StopsWhenTheActionIsCompletedLate) {
  Given given = AcceptedAction();
  EXPECT_EQ(given.WhenItIs("2026-07-20T23:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::CompleteActionRequest>("result: 'late'")),
            "ActionCompleted");
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-07-29T23:00Z");
}

constexpr char kToShah[] =
    "agency: 'councils/E1/agencies/police' officer: 'shah' reason: 'reid is away'";

// F27
TEST(ReassignAction, AsksAnotherOfficerAnewAndKeepsWhoHadIt) {
  Given given = AcceptedAction();
  EXPECT_EQ(given.When(kCoordinator, AboutAction<v1::ReassignActionRequest>(kToShah)),
            "ActionReassigned");
  v1::Action action = given.problem().actions(0);
  EXPECT_EQ(action.state(), v1::ACTION_STATE_PROPOSED);
  EXPECT_EQ(action.officer(), "shah");
  EXPECT_EQ(action.accepted_by(), "");
  EXPECT_EQ(action.due_date(), "2026-07-20");
  ASSERT_EQ(action.holders_size(), 1);
  EXPECT_EQ(action.holders(0).officer(), "reid");
  EXPECT_EQ(action.holders(0).state(), v1::ACTION_STATE_ACCEPTED);
  EXPECT_EQ(action.holders(0).reason(), "reid is away");
  EXPECT_EQ(given.Clocks("E1"),
            "accept-action of 1 by police 2026-07-08T23:00Z, "
            "stage of 2026-000001 by north 2026-07-29T23:00Z");
}

// F27, F29
TEST(ReassignAction, FollowsADecline) {
  Given given = ProposedAction();
  given.When(kOfficer, AboutAction<v1::DeclineActionRequest>("reason: 'not our land'"));
  EXPECT_EQ(given.When("tasking:sno", AboutAction<v1::ReassignActionRequest>(kToShah)),
            "ActionReassigned");
  EXPECT_EQ(given.problem().actions(0).holders(0).reason(), "not our land");
  EXPECT_EQ(given.problem().actions(0).reason(), "");
}

// F27
TEST(ReassignAction, Refuses) {
  Given given = ProposedAction();
  auto when = [&](const std::string& who, const std::string& text) {
    return given.When(who, AboutAction<v1::ReassignActionRequest>(text));
  };
  EXPECT_EQ(when(kOfficer, kToShah), "PERMISSION_DENIED MAY_NOT_REASSIGN");
  EXPECT_EQ(when(kCoordinator, "agency: 'councils/E1/agencies/police' officer: 'shah'"),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(
      when(kCoordinator, "agency: 'councils/E1/agencies/police' officer: 'reid' reason: 'again'"),
      "INVALID_ARGUMENT INVALID_FIELD officer");
  EXPECT_EQ(when(kCoordinator, "agency: 'councils/E1/agencies/police' reason: 'x'"),
            "INVALID_ARGUMENT INVALID_FIELD officer");
  EXPECT_EQ(when(kCoordinator, "agency: 'fire' officer: 'ash' reason: 'x'"),
            "INVALID_ARGUMENT INVALID_FIELD agency");
  EXPECT_EQ(when(kCoordinator, "agency: 'councils/E1/agencies/fire' officer: 'ash' reason: 'x'"),
            "NOT_FOUND NOT_FOUND agency");
  EXPECT_EQ(when(kCoordinator, absl::StrCat(kToShah, " due_date: '2026-06-01'")),
            "INVALID_ARGUMENT INVALID_FIELD due_date");
  EXPECT_EQ(given.When(kCoordinator, About<v1::ReassignActionRequest>(kToShah)),
            "INVALID_ARGUMENT INVALID_FIELD name");
  EXPECT_EQ(
      ProblemInAssessment().When(kCoordinator, AboutAction<v1::ReassignActionRequest>(kToShah)),
      "FAILED_PRECONDITION WRONG_STATE");
}

}  // namespace
}  // namespace ccfa::sara
