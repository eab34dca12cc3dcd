#include <gtest/gtest.h>

#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

// F47
TEST(ConfigureCouncil, ChangesWhatStartsFromNowOn) {
  Given given;
  EXPECT_EQ(given.WhenConfigured("screen { length: '15 working days' }"), "CouncilConfigured");
  EXPECT_EQ(given.WhenConfigured("screen { length: '15 working days' }"), "nothing");
  EXPECT_EQ(given.When(kCouncillor, NewCall()), "CallLogged");
  EXPECT_EQ(given.Clocks("E1"),
            "acknowledge of 2026-000001 by 2026-07-08T23:00Z, "
            "screen of 2026-000001 by 2026-07-22T23:00Z");
}

// F47
TEST(ConfigureCouncil, GivesRunningClocksNewInstantsFromWhenTheyStarted) {
  Given given = LoggedCall();
  EXPECT_EQ(given.WhenItIs("2026-07-06T09:00:00Z"), "");
  EXPECT_EQ(given.WhenConfigured("screen { length: '15 working days' }"), "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-07-06T09:00:01Z"), "ClockRecomputed");
  EXPECT_EQ(given.Clocks("E1"),
            "acknowledge of 2026-000001 by 2026-07-08T23:00Z, "
            "screen of 2026-000001 by 2026-07-22T23:00Z");
  EXPECT_EQ(given.WhenItIs("2026-07-06T09:00:02Z"), "");
}

// F47
TEST(ConfigureCouncil, EndsAtOnceAClockThatTheNewRuleLetsRunOut) {
  Given given = LoggedCall();
  EXPECT_EQ(given.WhenItIs("2026-07-06T09:00:00Z"), "");
  EXPECT_EQ(given.WhenConfigured("screen { length: '2 working days' }"), "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-07-06T09:00:01Z"), "ClockRecomputed");
  EXPECT_EQ(given.WhenItIs("2026-07-06T09:00:02Z"), "ClockExpired");
}

// F47
TEST(ConfigureCouncil, LeavesAPausedClockUntilItRunsOn) {
  Given given = LoggedCall();
  EXPECT_EQ(given.WhenItIs("2026-07-03T09:00:00Z"), "");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AskForInformationRequest>("question: 'where?'")),
            "InformationAsked");
  EXPECT_EQ(given.event().information_asked().paused().days_used(), 2);
  EXPECT_EQ(given.WhenConfigured("screen { length: '15 working days' }"), "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-08-03T09:00:00Z"), "ClockExpired");  // to acknowledge
  EXPECT_EQ(given.Clocks("E1"), "screen of 2026-000001 by (paused)");
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::GiveInformationRequest>("answer: 'there'")),
            "InformationGiven");
  // 13 of the 15 are left, from the 3rd of August on.
  EXPECT_EQ(given.Clocks("E1"), "screen of 2026-000001 by 2026-08-20T23:00Z");
}

TEST(ConfigureCouncil, ChangesTheWordingThatSoundsLikeAnEmergency) {
  Given given;
  EXPECT_EQ(given.WhenConfigured("emergency_wording: 'gas leak'"), "CouncilConfigured");
  EXPECT_EQ(given.When(kCouncillor, NewCall("description: 'A gas leak in the lane'")),
            "CallLogged");
  EXPECT_TRUE(given.event().call_logged().emergency());
  EXPECT_EQ(given.When(kCouncillor, NewCall("description: 'He has a knife'")), "CallLogged");
  EXPECT_FALSE(given.event().call_logged().emergency());
}

}  // namespace
}  // namespace ccfa::intake
