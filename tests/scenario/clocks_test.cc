// Statutory clocks over weeks of time, through bank holidays and the change of summer time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/proto_time.h"
#include "tests/support/calendar.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "clock expired: screen, 2027-01-08T00:00:00+00:00" for each clock that fired about a thing or
/// what it led to; to the second, by London's clocks.
std::vector<std::string> Fired(Town& town, const std::string& name) {
  absl::TimeZone london;
  absl::LoadTimeZone("Europe/London", &london);
  std::vector<std::string> fired;
  for (const insight::v1::HistoryEntry& entry : town.History(name)) {
    if (!absl::StartsWith(entry.what(), "clock ")) continue;
    fired.push_back(
        absl::StrCat(entry.what(), ": ", entry.why(), ", ",
                     absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", FromProto(entry.time()), london)));
  }
  return fired;
}

class Clocks : public ::testing::Test {
 protected:
  std::string LogAt(absl::Time time) {
    town_.LiveUntil(time);
    return town_.Do(NewCall(), kCouncillor);
  }

  void Acknowledge(const std::string& call) {
    intake::v1::AcknowledgeCallRequest request;
    request.set_name(call);
    town_.Do(request, kCouncillor);
  }

  /// Lives day by day, and ends and starts the process every evening.
  void LiveUntilWithRestarts(absl::Time until) {
    while (town_.Now() < until) {
      town_.LiveUntil(std::min(until, town_.Now() + absl::Hours(24)));
      town_.Restart();
    }
  }

  Town town_{London(2026, 12, 1, 9)};
};

/// A call of Monday 21 December 2026: 25 and 28 December and 1 January are no working days.
std::vector<std::string> ChristmasClocks() {
  return {"clock warned: acknowledge, 2026-12-30T00:00:00+00:00",
          "clock expired: acknowledge, 2026-12-31T00:00:00+00:00",
          "clock warned: screen, 2027-01-07T00:00:00+00:00",
          "clock expired: screen, 2027-01-08T00:00:00+00:00"};
}

TEST_F(Clocks, RestOverChristmasAndNewYear) {
  Found(town_);
  std::string call = LogAt(London(2026, 12, 21, 10));
  town_.LiveUntil(London(2027, 2, 21));
  EXPECT_EQ(Fired(town_, call), ChristmasClocks());
  EXPECT_THAT(town_.Story(call).overdue(), ElementsAre("to acknowledge", "to screen"));
}

TEST_F(Clocks, RestOverEasterAndEndAtLondonMidnightInSummerTime) {
  Found(town_);
  std::string call = LogAt(London(2027, 3, 22, 10));
  town_.LiveUntil(London(2027, 5, 22));
  EXPECT_THAT(Fired(town_, call),
              ElementsAre("clock warned: acknowledge, 2027-03-31T00:00:00+01:00",
                          "clock expired: acknowledge, 2027-04-01T00:00:00+01:00",
                          "clock warned: screen, 2027-04-07T00:00:00+01:00",
                          "clock expired: screen, 2027-04-08T00:00:00+01:00"));
}

TEST_F(Clocks, FireOnceHoweverOftenTheProcessIsRestarted) {
  Found(town_);
  std::string call = LogAt(London(2026, 12, 21, 10));
  LiveUntilWithRestarts(London(2027, 2, 21));
  EXPECT_EQ(Fired(town_, call), ChristmasClocks());
  EXPECT_EQ(town_.CheckWhole(), absl::OkStatus());
}

TEST_F(Clocks, FireInOneStepWhatFellDueWhileTheProcessWasDown) {
  Found(town_);
  std::string call = LogAt(London(2026, 12, 21, 10));
  town_.SleepUntil(London(2027, 2, 21));
  // Nobody is warned of what is late already.
  EXPECT_THAT(Fired(town_, call),
              ElementsAre("clock expired: acknowledge, 2027-02-21T00:00:00+00:00",
                          "clock expired: screen, 2027-02-21T00:00:00+00:00"));
}

TEST_F(Clocks, AreSilentOnceTheirMatterIsDone) {
  Found(town_);
  std::string call = LogAt(London(2026, 12, 21, 10));
  Acknowledge(call);
  town_.LiveUntil(London(2027, 1, 7, 9));
  intake::v1::DeclineCallRequest decline;
  decline.set_name(call);
  decline.set_reason("the service has it in hand");
  town_.Do(decline, kCoordinator);
  town_.LiveUntil(London(2027, 2, 21));
  EXPECT_THAT(Fired(town_, call), ElementsAre("clock warned: screen, 2027-01-07T00:00:00+00:00"));
}

TEST_F(Clocks, PauseScreeningWhileMoreInformationIsNeeded) {
  Found(town_);
  std::string call = LogAt(London(2027, 1, 11, 10));
  Acknowledge(call);
  town_.LiveUntil(London(2027, 1, 14, 10));
  intake::v1::AskForInformationRequest ask;
  ask.set_name(call);
  ask.set_question("which yard is it?");
  town_.Do(ask, kCoordinator);
  EXPECT_EQ(town_.CallNamed(call).screening_days_left(), 7);
  EXPECT_EQ(town_.Story(call).next(), "answer: which yard is it?");
  town_.LiveUntil(London(2027, 2, 15, 10));
  EXPECT_THAT(Fired(town_, call), IsEmpty());
  intake::v1::GiveInformationRequest give;
  give.set_name(call);
  give.set_answer("the one behind number 12");
  town_.Do(give, kCouncillor);
  town_.LiveUntil(London(2027, 3, 15));
  EXPECT_THAT(Fired(town_, call), ElementsAre("clock warned: screen, 2027-02-24T00:00:00+00:00",
                                              "clock expired: screen, 2027-02-25T00:00:00+00:00"));
}

TEST_F(Clocks, RaiseAProblemWhenAnAgencyDoesNotAnswer) {
  Found(town_);
  town_.LiveUntil(London(2027, 1, 11, 9));
  std::string problem = ProblemInResponse(town_);
  std::string action = ProposeAction(town_, problem, kPolice);
  town_.LiveUntil(London(2027, 1, 18, 23, 59));
  EXPECT_EQ(town_.ProblemNamed(problem).rung(), sara::v1::RUNG_TEAM);
  LiveUntilWithRestarts(London(2027, 1, 20));
  sara::v1::Problem raised = town_.ProblemNamed(problem);
  EXPECT_EQ(raised.rung(), sara::v1::RUNG_TASKING_GROUP);
  EXPECT_EQ(raised.actions(0).state(), sara::v1::ACTION_STATE_LAPSED);
  EXPECT_EQ(town_.CountOf("ccfa.sara.v1.ProblemRaised", problem), 1);
  insight::v1::CallStory story = town_.Story(raised.calls(0));
  EXPECT_THAT(story.overdue(), ElementsAre("police to accept-action"));
  EXPECT_EQ(story.next(), "agencies agree to actions and do them");
}

TEST_F(Clocks, RaiseAProblemFromRungToRungAsItsStageRunsOut) {
  Found(town_);
  town_.LiveUntil(London(2027, 1, 11, 9));
  std::string problem = ProblemOf(town_, LogAndAccept(town_));
  TakeUp(town_, problem);
  town_.LiveUntil(London(2027, 2, 8, 23, 59));
  EXPECT_EQ(town_.ProblemNamed(problem).rung(), sara::v1::RUNG_TEAM);
  LiveUntilWithRestarts(London(2027, 2, 9, 1));
  EXPECT_EQ(town_.ProblemNamed(problem).rung(), sara::v1::RUNG_TASKING_GROUP);
  LiveUntilWithRestarts(London(2027, 3, 10, 1));
  EXPECT_EQ(town_.ProblemNamed(problem).rung(), sara::v1::RUNG_SCRUTINY);
  EXPECT_THAT(Fired(town_, problem),
              ElementsAre("clock warned: stage, 2027-02-05T00:00:00+00:00",
                          "clock expired: stage, 2027-02-09T00:00:00+00:00",
                          "clock warned: stage, 2027-03-08T00:00:00+00:00",
                          "clock expired: stage, 2027-03-10T00:00:00+00:00"));
  EXPECT_EQ(town_.CountOf("ccfa.sara.v1.ProblemRaised", problem), 2);
  std::string referral = town_.Story(town_.ProblemNamed(problem).calls(0)).referral();
  EXPECT_EQ(town_.ReferralNamed(referral).state(), scrutiny::v1::REFERRAL_STATE_RECEIVED);
}

TEST_F(Clocks, TellOfAReferralThatNoMeetingTakes) {
  Found(town_);
  town_.LiveUntil(London(2027, 3, 8, 9));
  std::string call = LogAndAccept(town_);
  RaiseToScrutiny(town_, ProblemOf(town_, call));
  town_.LiveUntil(London(2027, 4, 6, 1));
  // 28 days from Monday 8 March end with Monday 5 April, in summer time.
  EXPECT_THAT(Fired(town_, call), Contains("clock expired: agenda, 2027-04-06T00:00:00+01:00"));
  EXPECT_TRUE(town_.ReferralNamed(town_.Story(call).referral()).agenda_overdue());
}

}  // namespace
}  // namespace ccfa::test_support
