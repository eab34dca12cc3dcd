#include <gtest/gtest.h>

#include "common/core/refusal.h"
#include "services/intake/domain/policy.h"
#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

using ::testing::HasSubstr;

/// A council where okafor and patel represent W1, and reid represents W2.
Given WithCouncillors() {
  Given given;
  EXPECT_EQ(given.When("system:intake", OpenWard{"councils/E1/wards/W2"}), "WardOpened");
  for (auto [id, ward] : {std::pair("okafor", "W1"), {"patel", "W1"}, {"reid", "W2"}}) {
    routing::v1::Event registered;
    auto& councillor = *registered.mutable_councillor_registered();
    councillor.set_name(absl::StrCat("councils/E1/councillors/", id));
    councillor.mutable_councillor()->set_ward(ward);
    EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", registered), "CouncillorKnown");
    EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", registered), "nothing") << "known already";
  }
  return given;
}

// F2
TEST(LogCall, IsForTheWardItsCouncillorRepresents) {
  Given given = WithCouncillors();
  EXPECT_EQ(given.When(kCouncillor, NewCall("ward: 'W1'")), "CallLogged");
  EXPECT_EQ(given.When("councillor:reid", NewCall("ward: 'W2'")), "CallLogged");
  EXPECT_EQ(given.When(kCouncillor, NewCall()), "CallLogged") << "the ward is found later";
  EXPECT_EQ(given.When("councillor:nobody", NewCall("ward: 'W1'")), "CallLogged")
      << "a councillor who is not known is not refused";
  EXPECT_EQ(given.When(kCoordinator, NewCall("ward: 'W2'")), "CallLogged");
}

// F2
TEST(LogCall, RefusesTheCouncillorOfAnotherWard) {
  constexpr char kRefused[] = "FAILED_PRECONDITION NOT_WARD_COUNCILLOR details.councillor";
  Given given = WithCouncillors();
  EXPECT_EQ(given.When("councillor:reid", NewCall("ward: 'W1'")), kRefused);
  EXPECT_EQ(
      given.When(kCoordinator, NewCall("ward: 'W1' councillor: 'councils/E1/councillors/reid'")),
      kRefused);
  EXPECT_EQ(given.When(kCoordinator, NewCall("ward: 'W1' councillor: 'councils/E1/councillors/reid'"
                                             " source: SOURCE_IMPORT")),
            "CallLogged")
      << "imports were screened by those who recorded them";
}

// F2
TEST(LogCall, SaysWhoRepresentsTheWard) {
  Given given = WithCouncillors();
  absl::Status refused =
      Decide(given.tables(), NewCall("ward: 'W1' councillor: 'councils/E1/councillors/reid'"),
             {absl::UnixEpoch(), {"coordinator", "lee", ""}, testing::EnglandAndWales()})
          .status();
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr("reid represents ward W2, not W1, which is represented by okafor, patel"));
}

// F2
TEST(LogCall, FollowsACouncillorToAnotherWard) {
  Given given = WithCouncillors();
  routing::v1::Event moved = FromText<routing::v1::Event>(
      "councillor_registered { name: 'councils/E1/councillors/reid' councillor { ward: 'W1' } }");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", moved), "CouncillorKnown");
  EXPECT_EQ(given.When("councillor:reid", NewCall("ward: 'W1'")), "CallLogged");
  EXPECT_EQ(given.When("councillor:reid", NewCall("ward: 'W2'")),
            "FAILED_PRECONDITION NOT_WARD_COUNCILLOR details.councillor");
}

// F3
TEST(ClassifyCall, IsRevisableInAnyOpenState) {
  auto classify = AboutCall<v1::ClassifyCallRequest>(
      "regime: REGIME_CRIME_AND_DISORDER reason: 'it is anti-social behaviour'");
  for (Given given : {LoggedCall(), CallInQuestion(), AcceptedCall(), ProposedRuling()}) {
    EXPECT_EQ(given.When(kCoordinator, classify), "CallClassified");
    EXPECT_EQ(given.call().details().regime(), v1::REGIME_CRIME_AND_DISORDER);
    EXPECT_EQ(given.When(kCoordinator, classify), "nothing");
    EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ClassifyCallRequest>(
                                           "regime: REGIME_BOTH reason: 'and of planning'")),
              "CallClassified");
  }
  EXPECT_EQ(DeclinedCall().When(kCoordinator, classify), kWrongState);
}

// F3
TEST(ClassifyCall, NeedsARegimeAndAReason) {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ClassifyCallRequest>("reason: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD regime");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ClassifyCallRequest>("regime: REGIME_BOTH")),
            "INVALID_ARGUMENT INVALID_FIELD reason");
}

// F3
TEST(AcceptCall, ShowsTheRegimeAsItIsThen) {
  Given given = LoggedCall("regime: REGIME_OTHER_MATTER");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ClassifyCallRequest>(
                                         "regime: REGIME_BOTH reason: 'and arson'")),
            "CallClassified");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AcceptCallRequest>(kTwoServices)),
            "CallAccepted");
  EXPECT_EQ(given.event().call_accepted().details().regime(), v1::REGIME_BOTH);
}

// F14
TEST(AcceptCall, TellsRoutingEverythingAndStopsTheClocks) {
  Given given = AcceptedCall();
  EXPECT_EQ(given.event().call_accepted().details().summary(), "Rubbish behind the shops");
  EXPECT_EQ(given.call().decided_by(), kCoordinator);
  EXPECT_EQ(given.call().reason(), "it persists");
  EXPECT_EQ(given.call().multi_agency().services_size(), 2);
  EXPECT_EQ(given.Clocks("E1"), "");
}

// F2
TEST(AcceptCall, NeedsACallerWhoLivesOrWorksInTheWard) {
  auto accept = AboutCall<v1::AcceptCallRequest>(kTwoServices);
  EXPECT_EQ(LoggedCall("standing: STANDING_WORKS_IN_WARD").When(kCoordinator, accept),
            "CallAccepted");
  EXPECT_EQ(LoggedCall("standing: STANDING_NEITHER").When(kCoordinator, accept),
            "FAILED_PRECONDITION NO_STANDING details.standing");
}

/// A call whose caller's standing nobody has recorded yet.
Given CallWithoutStanding() {
  Given given;
  v1::LogCallRequest request = NewCall();
  request.mutable_details()->clear_standing();
  EXPECT_EQ(given.When(kCouncillor, request), "CallLogged");
  return given;
}

// F2
TEST(RecordStanding, OpensTheGateToAcceptance) {
  Given given = CallWithoutStanding();
  auto accept = AboutCall<v1::AcceptCallRequest>(kTwoServices);
  EXPECT_EQ(given.When(kCoordinator, accept), "FAILED_PRECONDITION GATE_NOT_MET");
  auto record = AboutCall<v1::RecordStandingRequest>("standing: STANDING_LIVES_IN_WARD");
  EXPECT_EQ(given.When(kCouncillor, record), "StandingRecorded");
  EXPECT_EQ(given.When(kCouncillor, record), "nothing");
  EXPECT_EQ(given.When(kCoordinator, accept), "CallAccepted");
  EXPECT_EQ(given.When(kCouncillor, record), kWrongState);
}

// F2
TEST(RecordStanding, NeedsAStanding) {
  EXPECT_EQ(LoggedCall().When(kCouncillor, AboutCall<v1::RecordStandingRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD standing");
}

// F2, F7
TEST(AcceptCall, SaysEachMissingPieceAndWhoSuppliesIt) {
  Given given = CallWithoutStanding();
  absl::Status refused =
      Decide(given.tables(), AboutCall<v1::AcceptCallRequest>(),
             {absl::UnixEpoch(), {"coordinator", "lee", ""}, testing::EnglandAndWales()})
          .status();
  EXPECT_EQ(ReasonOf(refused), "GATE_NOT_MET");
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr("lives or works in the ward (the councillor"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("the services that it needs"));
}

// F7
TEST(AcceptCall, IsForWhatOneServiceAloneDoesNotEnd) {
  auto when = [](const std::string& test) {
    return LoggedCall().When(kCoordinator,
                             AboutCall<v1::AcceptCallRequest>("multi_agency { " + test + " }"));
  };
  EXPECT_EQ(when("services: 'police' services: 'waste'"), "CallAccepted");
  EXPECT_EQ(when("services: 'waste' recurring: true why: 'every week'"), "CallAccepted");
  EXPECT_EQ(when("recurring: true"), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(when("services: 'waste'"), "FAILED_PRECONDITION SINGLE_SERVICE multi_agency.services");
  EXPECT_EQ(when("services: ''"), "INVALID_ARGUMENT INVALID_FIELD multi_agency.services");
  std::string many;
  for (int i = 0; i <= kMostServices; ++i) absl::StrAppend(&many, "services: 's' ");
  EXPECT_EQ(when(many), "INVALID_ARGUMENT INVALID_FIELD multi_agency.services");
}

// F2, F7
TEST(AcceptCall, AsksNothingOfAnImportAndSaysWhy) {
  Given given;
  v1::LogCallRequest imported = NewCall("source: SOURCE_IMPORT");
  imported.mutable_details()->clear_standing();
  EXPECT_EQ(given.When(kCouncillor, imported), "CallLogged");
  v1::Event logged = given.event();
  EXPECT_EQ(given.WhenHappened(kTopic, logged), "CallAccepted");
  EXPECT_THAT(given.call().reason(), HasSubstr("its caller's standing"));
}

TEST(DeclineCall, TellsWhyAndEndsTheCall) {
  Given given = DeclinedCall();
  EXPECT_EQ(given.call().reason(), "a civil matter");
  EXPECT_FALSE(given.call().has_exclusion());
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AcceptCallRequest>()), kWrongState);
}

/// What comes of declining a call of these details by an exclusion.
std::string WhenExcluded(const std::string& details, const std::string& exclusion) {
  return LoggedCall(details).When(
      kCoordinator, AboutCall<v1::DeclineCallRequest>(absl::StrCat(
                        "reason: 'the application is decided' exclusion { ", exclusion, " }")));
}

// F4
TEST(DeclineCall, KeepsTheLimbItsEvidenceTheDeciderAndTheReasons) {
  Given given = LoggedCall("regime: REGIME_OTHER_MATTER");
  EXPECT_EQ(given.When(kCoordinator,
                       AboutCall<v1::DeclineCallRequest>(
                           "reason: 'the application is decided' exclusion {"
                           " limb: EXCLUSION_LIMB_PLANNING_DECISION evidence: 'PA/26/0117' }")),
            "CallDeclined");
  EXPECT_EQ(given.call().exclusion().limb(), v1::EXCLUSION_LIMB_PLANNING_DECISION);
  EXPECT_EQ(given.call().exclusion().evidence(), "PA/26/0117");
  EXPECT_EQ(given.call().decided_by(), kCoordinator);
  EXPECT_EQ(given.call().reason(), "the application is decided");
}

// F4
TEST(DeclineCall, ByAnExclusionReachesOtherMattersOnly) {
  const std::string exclusion = "limb: EXCLUSION_LIMB_LICENSING_DECISION evidence: 'LI/26/3'";
  EXPECT_EQ(WhenExcluded("regime: REGIME_OTHER_MATTER", exclusion), "CallDeclined");
  EXPECT_EQ(WhenExcluded("regime: REGIME_BOTH", exclusion), "CallDeclined");
  EXPECT_EQ(WhenExcluded("regime: REGIME_CRIME_AND_DISORDER", exclusion),
            "FAILED_PRECONDITION EXCLUSION_DOES_NOT_APPLY exclusion.limb");
  EXPECT_EQ(WhenExcluded("", exclusion), "FAILED_PRECONDITION GATE_NOT_MET");
}

// F4
TEST(DeclineCall, ByAnExclusionIsOverriddenByAllegedSystemicFailure) {
  constexpr char kOverridden[] =
      "FAILED_PRECONDITION OVERRIDDEN_BY_SYSTEMIC_FAILURE exclusion.limb";
  for (const char* limb :
       {"PLANNING_DECISION", "LICENSING_DECISION", "RIGHT_OF_REVIEW_OR_APPEAL"}) {
    std::string exclusion = absl::StrCat("limb: EXCLUSION_LIMB_", limb, " evidence: 'a letter'");
    EXPECT_EQ(WhenExcluded("regime: REGIME_OTHER_MATTER", exclusion), "CallDeclined") << limb;
    EXPECT_EQ(WhenExcluded("regime: REGIME_OTHER_MATTER systemic_failure: 'no site is visited'",
                           exclusion),
              kOverridden)
        << limb;
    EXPECT_EQ(WhenExcluded("regime: REGIME_OTHER_MATTER", exclusion + " systemic_failure: true"),
              kOverridden)
        << limb;
  }
}

// F4, F5
TEST(DeclineCall, RefusesAnExclusionThatIsNotWhole) {
  const std::string other = "regime: REGIME_OTHER_MATTER";
  EXPECT_EQ(WhenExcluded(other, "evidence: 'x'"), "INVALID_ARGUMENT INVALID_FIELD exclusion.limb");
  EXPECT_EQ(WhenExcluded(other, "limb: EXCLUSION_LIMB_PLANNING_DECISION"),
            "INVALID_ARGUMENT INVALID_FIELD exclusion.evidence");
  EXPECT_EQ(WhenExcluded(other,
                         "limb: EXCLUSION_LIMB_VEXATIOUS_DISCRIMINATORY_OR_NOT_REASONABLE"
                         " evidence: 'x'"),
            "FAILED_PRECONDITION RULING_NEEDS_TWO exclusion.limb");
}

}  // namespace
}  // namespace ccfa::intake
