#include <gtest/gtest.h>

#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

constexpr char kMayNotRule[] = "PERMISSION_DENIED MAY_NOT_RULE";
/// Somebody of scrutiny who has had no part in it.
constexpr char kThird[] = "committee:osei";

v1::ProposeRulingRequest Proposal() {
  return AboutCall<v1::ProposeRulingRequest>("reason: 'again' evidence: 'the log'");
}
v1::ConfirmRulingRequest Confirmation() {
  return AboutCall<v1::ConfirmRulingRequest>("reason: 'nothing new'");
}
v1::AppealRulingRequest Appeal() {
  return AboutCall<v1::AppealRulingRequest>("grounds: 'it goes on'");
}

// F5
TEST(ProposeRuling, WaitsForASecondPersonWhileScreeningRunsOn) {
  Given given = ProposedRuling();
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_RULING_PROPOSED);
  EXPECT_EQ(given.call().ruling().proposed_by(), kCoordinator);
  EXPECT_THAT(given.Clocks("E1"), ::testing::HasSubstr("screen of 2026-000001"));
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AcceptCallRequest>(kTwoServices)), kWrongState);
  EXPECT_EQ(given.When(kCoordinator, Proposal()), kWrongState);
}

// F5
TEST(ProposeRuling, IsForACoordinatorOrAnAdministrator) {
  for (const char* actor : {kCouncillor, kScrutiny, "officer:reid@police"}) {
    EXPECT_EQ(LoggedCall("regime: REGIME_BOTH").When(actor, Proposal()), kMayNotRule) << actor;
  }
  EXPECT_EQ(LoggedCall("regime: REGIME_BOTH").When(kAdministrator, Proposal()), "RulingProposed");
}

// F4, F5
TEST(ProposeRuling, ReachesWhatTheExclusionsReach) {
  EXPECT_EQ(LoggedCall("regime: REGIME_CRIME_AND_DISORDER").When(kCoordinator, Proposal()),
            "FAILED_PRECONDITION EXCLUSION_DOES_NOT_APPLY exclusion.limb");
  EXPECT_EQ(LoggedCall().When(kCoordinator, Proposal()), "FAILED_PRECONDITION GATE_NOT_MET");
}

// F5
TEST(ProposeRuling, NeedsReasonsAndEvidence) {
  Given given = LoggedCall("regime: REGIME_BOTH");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ProposeRulingRequest>("evidence: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ProposeRulingRequest>("reason: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD evidence");
}

// F5
TEST(ConfirmRuling, DeclinesTheCallAndStartsTheTimeToAppeal) {
  Given given = ConfirmedRuling();
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_DECLINED);
  EXPECT_EQ(given.call().reason(), "nothing new");
  EXPECT_EQ(given.call().decided_by(), kScrutiny);
  EXPECT_EQ(given.call().exclusion().limb(),
            v1::EXCLUSION_LIMB_VEXATIOUS_DISCRIMINATORY_OR_NOT_REASONABLE);
  EXPECT_EQ(given.call().exclusion().evidence(), "the log");
  // Twenty working days after Wednesday 1 July.
  EXPECT_EQ(given.Clocks("E1"), "appeal of 2026-000001 by 2026-07-29T23:00Z");
}

// F5
TEST(ConfirmRuling, IsForAnotherPersonWhateverTheirRole) {
  EXPECT_EQ(ProposedRuling().When("administrator:lee", Confirmation()),
            "PERMISSION_DENIED SAME_PERSON");
  for (const char* actor : {kCouncillor, "coordinator:mills", "officer:reid@police"}) {
    EXPECT_EQ(ProposedRuling().When(actor, Confirmation()), kMayNotRule) << actor;
  }
  for (const char* actor : {kScrutiny, kThird, kAdministrator}) {
    EXPECT_EQ(ProposedRuling().When(actor, Confirmation()), "RulingConfirmed") << actor;
  }
}

// F3, F5
TEST(ConfirmRuling, DoesNotHoldForACallThatWasClassifiedAnewMeanwhile) {
  Given given = ProposedRuling();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ClassifyCallRequest>(
                                         "regime: REGIME_CRIME_AND_DISORDER reason: 'arson'")),
            "CallClassified");
  EXPECT_EQ(given.When(kScrutiny, Confirmation()),
            "FAILED_PRECONDITION EXCLUSION_DOES_NOT_APPLY exclusion.limb");
}

// F5
TEST(RejectRuling, LogsTheCallAgain) {
  Given given = ProposedRuling();
  auto reject = AboutCall<v1::RejectRulingRequest>("reason: 'the caller has a point'");
  EXPECT_EQ(given.When("scrutiny:lee", reject), "PERMISSION_DENIED SAME_PERSON");
  EXPECT_EQ(given.When(kScrutiny, AboutCall<v1::RejectRulingRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.When(kScrutiny, reject), "RulingRejected");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_LOGGED);
  EXPECT_FALSE(given.call().ruling().confirmed());
  EXPECT_EQ(given.When(kScrutiny, reject), kWrongState);
  EXPECT_EQ(given.When(kCoordinator, Proposal()), "RulingProposed") << "with better evidence";
}

// F5
TEST(AppealRuling, StopsTheTimeToAppealAndStartsTheTimeToDecide) {
  Given given = AppealedRuling();
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_APPEALED);
  EXPECT_EQ(given.call().ruling().grounds(), "it goes on");
  EXPECT_EQ(given.Clocks("E1"), "decide-appeal of 2026-000001 by 2026-07-22T23:00Z");
  EXPECT_EQ(given.When(kCouncillor, Appeal()), kWrongState);
}

// F5
TEST(AppealRuling, IsForTheCallsCouncillor) {
  constexpr char kNotTheirs[] = "PERMISSION_DENIED NOT_CALLS_COUNCILLOR";
  EXPECT_EQ(ConfirmedRuling().When(kCoordinator, Appeal()), kNotTheirs);
  Given given = LoggedCall("regime: REGIME_BOTH councillor: 'councils/E1/councillors/okafor'");
  EXPECT_EQ(given.When(kCoordinator, Proposal()), "RulingProposed");
  EXPECT_EQ(given.When(kScrutiny, Confirmation()), "RulingConfirmed");
  EXPECT_EQ(given.When("councillor:patel", Appeal()), kNotTheirs);
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::AppealRulingRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD grounds");
  EXPECT_EQ(given.When(kCouncillor, Appeal()), "RulingAppealed");
}

// F5, F47
TEST(AppealRuling, IsRefusedWhenTheTimeHasRunOut) {
  Given given = ConfirmedRuling();
  EXPECT_EQ(given.WhenItIs("2026-07-29T22:59:59Z"), "ClockWarned");
  EXPECT_EQ(given.WhenItIs("2026-07-29T23:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.When(kCouncillor, Appeal()), "FAILED_PRECONDITION TOO_LATE");
}

// F5
TEST(AppealRuling, IsOfARulingAndNoOtherEnd) {
  EXPECT_EQ(DeclinedCall().When(kCouncillor, Appeal()), kWrongState);
}

// F5
TEST(DecideAppeal, UpheldLogsTheCallAgainAndScreensItAnew) {
  Given given = AppealedRuling();
  EXPECT_EQ(given.When(kThird, AboutCall<v1::DecideAppealRequest>("upheld: true reason: 'new'")),
            "AppealDecided");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_LOGGED);
  EXPECT_FALSE(given.call().has_exclusion());
  EXPECT_EQ(given.Clocks("E1"), "screen of 2026-000001 by 2026-07-15T23:00Z");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AcceptCallRequest>(kTwoServices)),
            "CallAccepted");
}

// F5
TEST(DecideAppeal, DismissedLeavesItDeclinedForGood) {
  Given given = AppealedRuling();
  EXPECT_EQ(given.When(kThird, AboutCall<v1::DecideAppealRequest>("reason: 'nothing new'")),
            "AppealDecided");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_DECLINED);
  EXPECT_EQ(given.call().reason(), "nothing new");
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.When(kCouncillor, Appeal()), kWrongState);
}

// F5
TEST(DecideAppeal, IsForSomebodyWhoTookNoPart) {
  auto dismiss = AboutCall<v1::DecideAppealRequest>("reason: 'x'");
  for (const char* actor : {"administrator:lee", kScrutiny, "committee:hart", "scrutiny:okafor"}) {
    EXPECT_EQ(AppealedRuling().When(actor, dismiss), "PERMISSION_DENIED TOOK_PART") << actor;
  }
  for (const char* actor : {kCoordinator, kCouncillor}) {
    EXPECT_EQ(AppealedRuling().When(actor, dismiss), kMayNotRule) << actor;
  }
  EXPECT_EQ(AppealedRuling().When(kThird, AboutCall<v1::DecideAppealRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(ConfirmedRuling().When(kThird, dismiss), kWrongState);
}

}  // namespace
}  // namespace ccfa::intake
