#include "services/insight/counts.h"

#include "common/core/refusal.h"
#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

v1::CallCounts Counted(Given& given, const std::string& from = "", const std::string& to = "") {
  v1::CountCallsRequest request;
  request.set_parent("councils/E1");
  request.set_from_month(from);
  request.set_to_month(to);
  v1::CallCounts counts;
  EXPECT_TRUE(CountCalls(given.tables(), request, counts).ok());
  return counts;
}

/// "ROUTED 1, LOGGED 2"
std::string States(const v1::CallCounts& counts) {
  std::string text;
  for (const v1::CallCount& count : counts.by_state()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    v1::StoryState_Name(count.state()).substr(sizeof("STORY_STATE_") - 1), " ",
                    count.calls());
  }
  return text;
}

TEST(CountCalls, CountsEachCallOnceAsItStandsNow) {
  Given given;
  given.Intake(Logged()).Intake(Logged("ward: 'W9'", kOther));
  EXPECT_EQ(States(Counted(given)), "LOGGED 2");
  given.Intake(Of("call_withdrawn", kOther, "reason: 'moved away'"));
  const v1::CallCounts counts = Counted(given);
  EXPECT_EQ(counts.calls(), 2);
  EXPECT_EQ(States(counts), "LOGGED 1, WITHDRAWN 1");
}

TEST(CountCalls, FollowsACallToTheWardItIsRoutedTo) {
  Given given = LoggedCall();
  EXPECT_EQ(Counted(given).by_ward(0).ward(), "W9");
  Given routed = RoutedCall();
  ASSERT_EQ(Counted(routed).by_ward_size(), 1);
  EXPECT_EQ(Counted(routed).by_ward(0).ward(), "W1");
}

TEST(CountCalls, GoesByTheMonthInWhichACallWasLogged) {
  Given given;
  given.Intake(Logged());
  ASSERT_EQ(Counted(given).by_month_size(), 1);
  const std::string month = Counted(given).by_month(0).month();
  EXPECT_EQ(Counted(given, month, month).calls(), 1);
  EXPECT_EQ(Counted(given, "2099-01").calls(), 0);
  EXPECT_EQ(Counted(given, "", "2000-01").calls(), 0);
}

TEST(CountCalls, KnowsNothingOfAnotherCouncils) {
  Given given;
  given.Intake(Logged("", "councils/E2/calls/2026-000001"));
  EXPECT_EQ(Counted(given).calls(), 0);
}

TEST(CountCalls, RefusesWhatIsNoMonth) {
  Given given;
  v1::CountCallsRequest request;
  request.set_parent("councils/E1");
  request.set_to_month("2026-13");
  v1::CallCounts counts;
  EXPECT_EQ(FieldOf(CountCalls(given.tables(), request, counts)), "to_month");
}

}  // namespace
}  // namespace ccfa::insight
