#include <gtest/gtest.h>

#include <functional>

#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

constexpr char kTheirs[] = "councils/E2/calls/2026-000001";

/// Council E2, a county, takes calls too.
Given WithACounty(Given given = LoggedCall()) {
  EXPECT_EQ(given.When("system:intake", OpenCouncil{"councils/E2"}), "CouncilOpened");
  return given;
}

std::string WhenReferred(Given& given, const std::string& more = "reason: 'a county road'",
                         const std::string& council = "councils/E2") {
  return given.When(kCoordinator,
                    AboutCall<v1::ReferCallToCouncilRequest>("council: '" + council + "' " + more));
}

/// What follows, in any council, from the event that happened last.
std::string WhatFollows(Given& given) {
  return given.WhenHappened(kTopic, v1::Event(given.event()));
}

// F18
TEST(ReferCallToCouncil, MakesItACallOfTheOtherCouncilWithAScreeningOfItsOwn) {
  Given given = WithACounty();
  EXPECT_EQ(WhenReferred(given), "CallReferredToCouncil");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_REFERRED_TO_COUNCIL);
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(WhatFollows(given), "CallLogged");
  EXPECT_EQ(given.call(kTheirs).referred_from(), kCall);
  EXPECT_EQ(given.call(kTheirs).details().summary(), "Rubbish behind the shops");
  EXPECT_EQ(given.call(kTheirs).details().ward(), "");
  EXPECT_EQ(given.Clocks("E2"),
            "acknowledge of 2026-000001 by 2026-07-08T23:00Z, "
            "screen of 2026-000001 by 2026-07-15T23:00Z");
}

// F18
TEST(ReferCallToCouncil, BringsTheAnswerBackHoweverTheOtherCouncilEndsIt) {
  struct {
    std::function<std::string(Given&)> ended;
    const char *event, *done;
  } const kEnds[] = {
      {[](Given& given) {
         auto decline = FromText<v1::DeclineCallRequest>("reason: 'resurfaced last week'");
         decline.set_name(kTheirs);
         return given.When(kCoordinator, decline);
       },
       "CallDeclined", "declined"},
      {[](Given& given) {
         auto refer = FromText<v1::ReferCallToServiceRequest>("service: 'highways' reason: 'x'");
         refer.set_name(kTheirs);
         return given.When(kCoordinator, refer);
       },
       "CallReferredToService", "referred to highways"},
      {[](Given& given) {
         auto withdraw = FromText<v1::WithdrawCallRequest>("reason: 'it has stopped'");
         withdraw.set_name(kTheirs);
         return given.When(kCoordinator, withdraw);
       },
       "CallWithdrawn", "withdrawn"}};
  for (const auto& end : kEnds) {
    Given given = WithACounty();
    EXPECT_EQ(WhenReferred(given), "CallReferredToCouncil");
    EXPECT_EQ(WhatFollows(given), "CallLogged");
    EXPECT_EQ(end.ended(given), end.event);
    EXPECT_EQ(WhatFollows(given), "CouncilAnswered, nothing");
    EXPECT_EQ(WhatFollows(given), "CouncilAnswerReceived");
    EXPECT_EQ(given.call().state(), v1::CALL_STATE_CLOSED);
    EXPECT_EQ(given.call().closing().done(), end.done);
    EXPECT_EQ(given.call().closing().by(), "councils/E2");
    EXPECT_EQ(given.call().referred_to(), kTheirs);
    EXPECT_EQ(WhatFollows(given), "nothing");
    EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::ReportNotFixedRequest>("reason: 'it is back'")),
              "FAILED_PRECONDITION ANSWERED_BY_ANOTHER_COUNCIL");
  }
}

// F18
TEST(ReferCallToCouncil, ComesBackAtOnceFromACouncilThatTakesNoCalls) {
  Given given = LoggedCall();
  EXPECT_EQ(WhenReferred(given), "CallReferredToCouncil");
  EXPECT_EQ(WhatFollows(given), "CouncilAnswered");
  EXPECT_EQ(WhatFollows(given), "CouncilAnswerReceived");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_LOGGED);
  EXPECT_EQ(given.call().reason(), "councils/E2 takes no calls here");
  EXPECT_EQ(given.Clocks("E1"), "screen of 2026-000001 by 2026-07-15T23:00Z");
}

// F18
TEST(ReferCallToCouncil, LeavesACallOfNobodyElseWithoutAnAnswerToGive) {
  Given given = DeclinedCall();
  EXPECT_EQ(WhatFollows(given), "nothing, nothing");
}

// F18
TEST(ReferCallToCouncil, Refuses) {
  Given given = WithACounty();
  EXPECT_EQ(WhenReferred(given, ""), "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(WhenReferred(given, "reason: 'x'", "E2"), "INVALID_ARGUMENT INVALID_FIELD council");
  EXPECT_EQ(WhenReferred(given, "reason: 'x'", "councils/E1"),
            "INVALID_ARGUMENT INVALID_FIELD council");
  Given declined = DeclinedCall();
  EXPECT_EQ(WhenReferred(declined), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(WhenReferred(given), "CallReferredToCouncil");
  EXPECT_EQ(WhatFollows(given), "CallLogged");
  auto back = FromText<v1::ReferCallToCouncilRequest>("council: 'councils/E1' reason: 'yours'");
  back.set_name(kTheirs);
  EXPECT_EQ(given.When(kCoordinator, back), "FAILED_PRECONDITION REFERRED_ALREADY");
}

}  // namespace
}  // namespace ccfa::intake
