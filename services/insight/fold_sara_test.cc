#include <gtest/gtest.h>

#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

constexpr char kAction[] = "councils/E1/problems/2026-000001/actions/1";

/// Another call, accepted and routed to the same team.
Given WithAnotherCall(Given given) {
  return given.Intake(Logged("", kOther))
      .Intake(Of("call_accepted", kOther))
      .Routing(Of("call_routed", kOther,
                  "placement { state: PLACEMENT_STATE_ROUTED ward: 'W1' "
                  "team: 'councils/E1/teams/T1' }"));
}

Given ClosedProblem() {
  return ProblemInHand()
      .Sara(Of("problem_closed", kProblem, absl::StrCat("calls: '", kCall, "'")))
      .Intake(Of("call_closed", kCall, "closing { resolved: true }"));
}

// F43, F79
TEST(ProblemReopened, BringsTheNewCallToTheTeamAndLeavesTheOldOneClosed) {
  Given given = WithAnotherCall(ClosedProblem())
                    .Sara(Of("problem_reopened", kProblem,
                             absl::StrCat("call: '", kOther, "' facts { call: '", kOther, "' }")));
  EXPECT_EQ(given.Outlook(kOther),
            "IN_HAND, with councils/E1/teams/T1: "
            "the team finds out what the problem is");
  EXPECT_EQ(given.Story(kOther).problem(), kProblem);
  EXPECT_EQ(given.Story(kCall).state(), v1::STORY_STATE_RESOLVED);
}

// F10, F79
TEST(ProblemParked, SaysThatTheTeamWatchesUntilItIsTakenUpAgain) {
  Given given = ProblemInHand().Sara(Of("problem_parked", kProblem, "reason: 'one party'"));
  EXPECT_EQ(given.Outlook(), "ROUTED, with councils/E1/teams/T1: the team watches for more of it");
  given.Sara(Of("problem_taken_up", kProblem));
  EXPECT_EQ(given.Outlook(),
            "IN_HAND, with councils/E1/teams/T1: the team finds out what the problem is");
}

// F30, F79
TEST(ResourcesCommitted, GivesItBackToTheTeam) {
  Given given = ProblemInHand().Sara(Of("problem_raised", kProblem, "to: RUNG_TASKING_GROUP"));
  EXPECT_EQ(given.Story().with(), "tasking group");
  given.Sara(Of("resources_committed", kProblem, "answer: 'two patrols'"));
  EXPECT_EQ(given.Story().with(), "councils/E1/teams/T1");
}

// F27, F79
TEST(ActionReassigned, WaitsForTheAgencyThatIsAskedNow) {
  Given given = ProblemInHand().Sara(
      Of("action_reassigned", kAction, "agency: 'councils/E1/agencies/fire' reason: 'away'"));
  EXPECT_EQ(given.Story().next(), "fire accepts or declines an action");
}

// F28
TEST(ClockExpired, TellsOfAnOverdueActionOnceAndOfAWatchNever) {
  Given given = ProblemInHand();
  for (const char* kind : {"due-action", "overdue-action", "watch"}) {
    given.Sara(Of("clock_expired", kAction,
                  absl::StrCat("clock { subject: '", kAction, "' kind: '", kind,
                               "' owner: 'councils/E1/agencies/police' }")));
  }
  EXPECT_THAT(given.Story().overdue(), ::testing::ElementsAre("police to due-action"));
}

}  // namespace
}  // namespace ccfa::insight
