#include "services/intake/domain/parking.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_format.h"
#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

constexpr double kMetresPerDegree = 111'195;

/// A call so many metres north of a place that lies 100 m south of a cell's edge.
v1::LogCallRequest CallAt(double metres_north, const std::string& more = "") {
  double lat = 53.42 + (metres_north - 100) / kMetresPerDegree;
  return NewCall(absl::StrFormat("place { point { lat: %.9f lon: -2.97 } } %s", lat, more));
}

/// Logs a call and parks it; gives what came of parking it.
std::string WhenParked(Given& given, const v1::LogCallRequest& request) {
  EXPECT_EQ(given.When(kCouncillor, request), "CallLogged");
  v1::ParkCallRequest park = FromText<v1::ParkCallRequest>("reason: 'once, and cleared'");
  park.set_name(given.event().call_logged().name());
  return given.When(kCoordinator, park);
}

/// How many parked calls a new call would take up again, and what comes of that.
std::string WhenLogged(Given& given, const v1::LogCallRequest& request) {
  EXPECT_EQ(given.When(kCouncillor, request), "CallLogged");
  v1::Event logged = given.event();
  return given.WhenHappened(kTopic, logged);
}

Given ParkedCall() {
  Given given;
  EXPECT_EQ(WhenParked(given, CallAt(0)), "CallParked");
  return given;
}

// F10
TEST(ParkCall, StopsItsClocks) {
  Given given = ParkedCall();
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_PARKED);
  EXPECT_EQ(given.call().reason(), "once, and cleared");
  EXPECT_EQ(given.Clocks("E1"), "");
}

// F10
TEST(ParkCall, IsOfACallThatIsBeingScreened) {
  auto park = AboutCall<v1::ParkCallRequest>("reason: 'once'");
  EXPECT_EQ(CallInQuestion().When(kCoordinator, park), "CallParked");
  EXPECT_EQ(AcceptedCall().When(kCoordinator, park), kWrongState);
  EXPECT_EQ(ParkedCall().When(kCoordinator, park), kWrongState);
  EXPECT_EQ(ParkedCall().When(kCoordinator, AboutCall<v1::AcceptCallRequest>(kTwoServices)),
            kWrongState);
  EXPECT_EQ(LoggedCall().When(kCoordinator, AboutCall<v1::ParkCallRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
}

// F10
TEST(RecallCall, ScreensItAnew) {
  Given given = ParkedCall();
  given.WhenItIs("2026-07-08T09:00:00Z");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::RecallCallRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  auto recall = AboutCall<v1::RecallCallRequest>("reason: 'it has come back'");
  EXPECT_EQ(given.When(kCoordinator, recall), "CallRecalled");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_LOGGED);
  EXPECT_EQ(given.Clocks("E1"),
            "acknowledge of 2026-000001 by 2026-07-15T23:00Z, "
            "screen of 2026-000001 by 2026-07-22T23:00Z");
  EXPECT_EQ(given.When(kCoordinator, recall), kWrongState);
}

// F10
TEST(RecallCall, TellsNobodyTwiceThatItWasReceived) {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::AcknowledgeCallRequest>()), "CallAcknowledged");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ParkCallRequest>("reason: 'once'")),
            "CallParked");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::RecallCallRequest>("reason: 'again'")),
            "CallRecalled");
  EXPECT_EQ(given.Clocks("E1"), "screen of 2026-000001 by 2026-07-15T23:00Z");
}

// F10
TEST(Pattern, TakesUpTheParkedCallsThatTheThirdMakesOneWith) {
  Given given = ParkedCall();
  EXPECT_EQ(WhenLogged(given, CallAt(50)), "") << "two are no pattern";
  EXPECT_EQ(WhenParked(given, CallAt(100)), "CallParked");
  EXPECT_EQ(WhenLogged(given, CallAt(200)), "CallRecalled, CallRecalled");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_LOGGED);
  EXPECT_EQ(given.call().reason(),
            "no one-off any more: 2026-000004 makes 3 of its kind near each other");
  EXPECT_EQ(WhenLogged(given, CallAt(200)), "") << "nothing is parked any more";
}

// F10
TEST(Pattern, IsOfOneCategoryNearInSpaceAndTime) {
  auto recalled = [](const v1::LogCallRequest& second, const v1::LogCallRequest& third) {
    Given given = ParkedCall();
    EXPECT_EQ(WhenParked(given, second), "CallParked");
    return WhenLogged(given, third);
  };
  EXPECT_EQ(recalled(CallAt(0), CallAt(249)), "CallRecalled, CallRecalled");
  EXPECT_EQ(recalled(CallAt(0), CallAt(-249)), "CallRecalled, CallRecalled");
  EXPECT_EQ(recalled(CallAt(0), CallAt(251)), "");
  EXPECT_EQ(recalled(CallAt(0), CallAt(0, "category: 'noise'")), "");
  EXPECT_EQ(recalled(CallAt(0, "category: 'noise'"), CallAt(0)), "");
  EXPECT_EQ(recalled(CallAt(0), CallAt(0, "happened: '2026-01-02'")), "CallRecalled, CallRecalled");
  EXPECT_EQ(recalled(CallAt(0), CallAt(0, "happened: '2026-01-01'")), "") << "181 days before";
}

// F10
TEST(Pattern, GoesByTheWardWhereAPointIsMissing) {
  auto recalled = [](const v1::LogCallRequest& first, const v1::LogCallRequest& third) {
    Given given;
    EXPECT_EQ(WhenParked(given, first), "CallParked");
    EXPECT_EQ(WhenParked(given, first), "CallParked");
    return WhenLogged(given, third);
  };
  constexpr char kBoth[] = "CallRecalled, CallRecalled";
  EXPECT_EQ(recalled(NewCall("ward: 'W1'"), NewCall("ward: 'W1'")), kBoth);
  EXPECT_EQ(recalled(CallAt(0, "ward: 'W1'"), NewCall("ward: 'W1'")), kBoth);
  EXPECT_EQ(recalled(NewCall("ward: 'W1'"), CallAt(0, "ward: 'W1'")), kBoth);
  EXPECT_EQ(recalled(CallAt(0, "ward: 'W1'"), CallAt(5000, "ward: 'W1'")), "")
      << "who has a point is compared by it";
  EXPECT_EQ(recalled(CallAt(0, "ward: 'W1'"), CallAt(10, "ward: 'W1'")), kBoth);
  EXPECT_EQ(recalled(NewCall(), NewCall()), "") << "nobody knows where";
  EXPECT_EQ(recalled(CallAt(0), NewCall("ward: 'W1'")), "");
}

// F10
TEST(Pattern, IsSeenBeforeACallIsParkedToo) {
  Given given = ParkedCall();
  EXPECT_EQ(given.When(kCouncillor, CallAt(10)), "CallLogged");
  EXPECT_EQ(WhenParked(given, CallAt(20)), "CallParked");
  v1::ParkCallRequest park =
      FromText<v1::ParkCallRequest>("name: 'councils/E1/calls/2026-000002' reason: 'once'");
  EXPECT_EQ(given.When(kCoordinator, park), "FAILED_PRECONDITION PATTERN_FORMS");
}

// F10
TEST(Pattern, LeavesACallThatWasWithdrawnOrRecalledMeanwhile) {
  Given given = ParkedCall();
  EXPECT_EQ(WhenParked(given, CallAt(0)), "CallParked");
  EXPECT_EQ(given.When(kCouncillor, CallAt(0)), "CallLogged");
  v1::Event logged = given.event();
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::WithdrawCallRequest>()), "CallWithdrawn");
  EXPECT_EQ(given.WhenHappened(kTopic, logged), "nothing, CallRecalled");
  EXPECT_EQ(given.When("system:intake", RecallParked{"councils/E1/calls/2026-000009", "x"}),
            "NOT_FOUND NOT_FOUND name");
}

// F10
TEST(Pattern, DoesNotCountACallThatWasWithdrawn) {
  Given given = ParkedCall();
  EXPECT_EQ(WhenParked(given, CallAt(0)), "CallParked");
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::WithdrawCallRequest>()), "CallWithdrawn");
  EXPECT_EQ(WhenLogged(given, CallAt(0)), "");
}

// F10
TEST(Pattern, IsAsTheCouncilSeesOne) {
  Given given = ParkedCall();
  EXPECT_EQ(given.WhenConfigured("parking { within_m: 1000 pattern: 2 }"), "CouncilConfigured");
  EXPECT_EQ(WhenLogged(given, CallAt(900)), "CallRecalled");
}

// F10
TEST(Pattern, IsSeenInWhatIsImportedToo) {
  Given given = ParkedCall();
  EXPECT_EQ(WhenParked(given, CallAt(0)), "CallParked");
  EXPECT_EQ(WhenLogged(given, CallAt(0, "source: SOURCE_IMPORT")),
            "CallRecalled, CallRecalled, CallAccepted");
}

// Whatever is parked is found by whoever logs the call that makes a pattern with it.
// F10
RC_GTEST_PROP(Pattern, IsFoundWhereverItLies, ()) {
  Given given;
  given.WhenConfigured("parking { pattern: 2 }");
  double metres = *rc::gen::inRange(-3000, 3000);
  RC_PRE(std::abs(std::abs(metres) - 250) > 0.5);
  WhenParked(given, CallAt(0));
  RC_ASSERT(WhenLogged(given, CallAt(metres)) == (std::abs(metres) <= 250 ? "CallRecalled" : ""));
}

}  // namespace
}  // namespace ccfa::intake
