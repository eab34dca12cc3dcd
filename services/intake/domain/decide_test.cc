#include "services/intake/domain/decide.h"

#include <gtest/gtest.h>

#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

TEST(LogCall, NumbersCallsInTheirCouncilAndYear) {
  Given given = LoggedCall();
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_LOGGED);
  EXPECT_EQ(given.When(kCouncillor, NewCall()), "CallLogged");
  EXPECT_EQ(given.event().call_logged().name(), "councils/E1/calls/2026-000002");
  given.WhenItIs("2027-01-01T00:00:00Z");
  EXPECT_EQ(given.When(kCouncillor, NewCall()), "CallLogged");
  EXPECT_EQ(given.event().call_logged().name(), "councils/E1/calls/2027-000001");
}

// F47
TEST(LogCall, StartsTheClocksToAcknowledgeAndToScreen) {
  // Wednesday 1 July: five and ten working days later, to the end of the London day.
  EXPECT_EQ(LoggedCall().Clocks("E1"),
            "acknowledge of 2026-000001 by 2026-07-08T23:00Z, "
            "screen of 2026-000001 by 2026-07-15T23:00Z");
}

// F7
TEST(LogCall, AcceptsAtOnceWhatWasScreenedByThoseWhoRecordedIt) {
  Given given;
  EXPECT_EQ(given.When(kCouncillor, NewCall("source: SOURCE_IMPORT")), "CallLogged");
  EXPECT_EQ(given.Clocks("E1"), "");
  v1::Event logged = given.event();
  EXPECT_EQ(given.WhenHappened(kTopic, logged), "CallAccepted");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_ACCEPTED);
}

// F7
TEST(LogCall, DoesNotAcceptByItselfWhatPeopleMustScreen) {
  Given given = LoggedCall();
  v1::Event logged = given.event();
  EXPECT_EQ(given.WhenHappened(kTopic, logged), "");
}

// F62
TEST(AcknowledgeCall, StopsItsClockAndIsDoneOnce) {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::AcknowledgeCallRequest>()), "CallAcknowledged");
  EXPECT_TRUE(given.call().has_acknowledge_time());
  EXPECT_EQ(given.Clocks("E1"), "screen of 2026-000001 by 2026-07-15T23:00Z");
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::AcknowledgeCallRequest>()), "nothing");
}

// F7
TEST(ReferCallToService, NamesTheService) {
  Given given = LoggedCall();
  auto refer = AboutCall<v1::ReferCallToServiceRequest>("service: 'highways' reason: 'a lamp'");
  EXPECT_EQ(given.When(kCoordinator, refer), "CallReferredToService");
  EXPECT_EQ(given.call().service(), "highways");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_REFERRED_TO_SERVICE);
}

// F47
TEST(AskForInformation, PausesScreeningUntilTheAnswerComes) {
  Given given = LoggedCall();
  given.WhenItIs("2026-07-03T09:00:00Z");
  auto ask = AboutCall<v1::AskForInformationRequest>("question: 'where?'");
  EXPECT_EQ(given.When(kCoordinator, ask), "InformationAsked");
  EXPECT_EQ(given.call().screening_days_left(), 8);
  EXPECT_EQ(given.Clocks("E1"),
            "acknowledge of 2026-000001 by 2026-07-08T23:00Z, screen of 2026-000001 by (paused)");
  given.WhenItIs("2026-08-03T09:00:00Z");
  auto give = AboutCall<v1::GiveInformationRequest>("answer: 'behind number 12'");
  EXPECT_EQ(given.When(kCouncillor, give), "InformationGiven");
  EXPECT_EQ(given.Clocks("E1"), "screen of 2026-000001 by 2026-08-13T23:00Z");
  ASSERT_EQ(given.call().exchanges_size(), 1);
  EXPECT_EQ(given.call().exchanges(0).answer(), "behind number 12");
}

TEST(WithdrawCall, IsPossibleFromAnyOpenStateAndOnce) {
  for (Given given : {LoggedCall(), CallInQuestion(), AcceptedCall()}) {
    EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::WithdrawCallRequest>()), "CallWithdrawn");
    EXPECT_EQ(given.Clocks("E1"), "");
    EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::WithdrawCallRequest>()), kWrongState);
  }
}

// F9
TEST(JoinCall, FollowsACallThatSaraAttached) {
  Given given = AcceptedCall();
  sara::v1::Event attached = FromText<sara::v1::Event>(
      "call_attached { name: 'councils/E1/problems/2026-000001' reason: 'the same yard'"
      " call: 'councils/E1/calls/2026-000001' }");
  EXPECT_EQ(given.WhenHappened("ccfa.sara.v1", attached), "CallJoined");
  EXPECT_EQ(given.call().joined_to(), "councils/E1/problems/2026-000001");
}

/// Whether a call counts as resolved when its problem ended resolved or not.
bool ResolvedWith(bool problem_resolved) {
  Given given = AcceptedCall();
  sara::v1::Event closed;
  closed.mutable_problem_closed()->mutable_closing()->set_resolved(problem_resolved);
  closed.mutable_problem_closed()->add_calls(kCall);
  EXPECT_EQ(given.WhenHappened("ccfa.sara.v1", closed), "CallClosed");
  EXPECT_EQ(given.WhenHappened("ccfa.sara.v1", closed), "nothing");
  return given.call().closing().resolved();
}

// F9, F62
TEST(CloseCall, EndsAsItsProblemEnded) {
  EXPECT_TRUE(ResolvedWith(true));
  EXPECT_FALSE(ResolvedWith(false));
}

// F9
TEST(CloseCall, LeavesAWithdrawnCallItsOwnEnd) {
  Given given = AcceptedCall();
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::WithdrawCallRequest>()), "CallWithdrawn");
  EXPECT_EQ(given.When("system:sara", CloseCall{kCall, "", {}}), "nothing");
}

// F47
TEST(ClockDue, WarnsThenExpiresOnce) {
  Given given = LoggedCall();
  EXPECT_EQ(given.WhenItIs("2026-07-07T22:59:59Z"), "");
  EXPECT_EQ(given.WhenItIs("2026-07-07T23:00:00Z"), "ClockWarned");
  EXPECT_EQ(given.WhenItIs("2026-07-08T22:59:59Z"), "");
  EXPECT_EQ(given.WhenItIs("2026-07-08T23:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.WhenItIs("2026-07-09T09:00:00Z"), "");
}

TEST(Refusals, OfWhatIsBadWhateverTheState) {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::DeclineCallRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ReferCallToServiceRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD service");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AskForInformationRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD question");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::GiveInformationRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD answer");
  v1::AcceptCallRequest nameless;
  nameless.set_name("calls/1");
  EXPECT_EQ(given.When(kCoordinator, nameless), "INVALID_ARGUMENT INVALID_FIELD name");
}

TEST(Refusals, OfWhatIsUnknown) {
  EXPECT_EQ(Given().When(kCoordinator, AboutCall<v1::AcceptCallRequest>()),
            "NOT_FOUND NOT_FOUND name");
  v1::LogCallRequest elsewhere = NewCall();
  elsewhere.set_parent("councils/E2");
  EXPECT_EQ(Given().When(kCouncillor, elsewhere), "NOT_FOUND NOT_FOUND parent");
  EXPECT_EQ(Given().When("system:sara", JoinCall{kCall, "", ""}), "NOT_FOUND NOT_FOUND name");
  EXPECT_EQ(Given().When("system:sara", CloseCall{kCall, "", {}}), "NOT_FOUND NOT_FOUND name");
}

TEST(Refusals, OfWhatHasChangedSince) {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AcceptCallRequest>("etag: '1'")),
            "ABORTED ETAG_MOVED etag");
  auto accept = AboutCall<v1::AcceptCallRequest>(kTwoServices);
  accept.set_etag(given.call().etag());
  EXPECT_EQ(given.When(kCoordinator, accept), "CallAccepted");
}

TEST(Refusals, OfWhatTheStateDoesNotAllow) {
  Given accepted = AcceptedCall();
  EXPECT_EQ(accepted.When(kCoordinator, AboutCall<v1::AcceptCallRequest>()), kWrongState);
  EXPECT_EQ(accepted.When(kCoordinator, AboutCall<v1::DeclineCallRequest>("reason: 'no'")),
            kWrongState);
  EXPECT_EQ(accepted.When(kCoordinator, AboutCall<v1::ReferCallToServiceRequest>("service: 'x'")),
            kWrongState);
  EXPECT_EQ(accepted.When(kCoordinator, AboutCall<v1::AskForInformationRequest>("question: '?'")),
            kWrongState);
  EXPECT_EQ(LoggedCall().When(kCouncillor, AboutCall<v1::GiveInformationRequest>("answer: 'x'")),
            kWrongState);
  EXPECT_EQ(
      CallInQuestion().When(kCoordinator, AboutCall<v1::AskForInformationRequest>("question: '?'")),
      kWrongState);
  EXPECT_EQ(DeclinedCall().When(kCouncillor, AboutCall<v1::AcknowledgeCallRequest>()), kWrongState);
}

}  // namespace
}  // namespace ccfa::intake
