#include <gtest/gtest.h>

#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

constexpr char kKey[] = "councils/E1/callers/0a1b";
constexpr char kPoliceOfficer[] = "officer:reid@police";

/// A caller as the rules see them: every field sealed, as far as they know.
v1::Caller SealedCaller(const std::string& more = "") {
  auto caller = FromText<v1::Caller>(
      "fields { field: PERSONAL_FIELD_NAME sealed { nonce: 'n' box: 'b1' } }"
      "fields { field: PERSONAL_FIELD_CONTACT sealed { nonce: 'n' box: 'b2' } }" +
      more);
  caller.set_key(kKey);
  return caller;
}

constexpr char kYesToAll[] =
    "consents { to: CONSENT_TO_CONTACT given: true how_asked: 'by telephone' }"
    "consents { to: CONSENT_TO_AGENCIES given: true how_asked: 'by telephone' }"
    "consents { to: CONSENT_TO_COUNCIL given: true how_asked: 'by telephone' }";

v1::LogSealedCall SealedCall(const std::string& more = "") {
  v1::LogSealedCall request;
  request.set_parent(NewCall().parent());
  *request.mutable_details() = NewCall().details();
  *request.mutable_caller() = SealedCaller(more);
  return request;
}

Given CallWithCaller(const std::string& more = "") {
  Given given;
  EXPECT_EQ(given.When(kCouncillor, SealedCall(more)), "CallLogged");
  return given;
}

/// The register says that police may see these fields for victim support until the end of 2026.
std::string Agree(Given& given, const std::string& categories, const std::string& more = "") {
  routing::v1::Event event;
  auto& recorded = *event.mutable_agreement_recorded();
  recorded.set_name("councils/E1/agreements/isa-1");
  *recorded.mutable_agreement() = FromText<routing::v1::Agreement>(
      "name: 'councils/E1/agreements/isa-1' agency: 'councils/E1/agencies/police'"
      " purposes: 'victim-support' from_date: '2026-01-01' to_date: '2026-12-31' " +
      categories);
  recorded.mutable_agreement()->MergeFrom(FromText<routing::v1::Agreement>(more));
  return given.WhenHappened("ccfa.routing.v1", event);
}

std::string WhenOpened(Given& given, const std::string& actor, const std::string& more) {
  return given.When(actor, AboutCall<v1::OpenCallerRequest>("purpose: 'victim-support' " + more));
}

constexpr char kName[] = "legal_basis: LEGAL_BASIS_PUBLIC_TASK fields: PERSONAL_FIELD_NAME";
constexpr char kContact[] = "legal_basis: LEGAL_BASIS_PUBLIC_TASK fields: PERSONAL_FIELD_CONTACT";

// F13
TEST(LogSealedCall, KeepsTheCallerSealedWithWhatTheyAgreedTo) {
  Given given = CallWithCaller(kYesToAll);
  const v1::Caller caller = given.call().caller();
  EXPECT_EQ(caller.key(), kKey);
  EXPECT_EQ(caller.fields_size(), 2);
  EXPECT_EQ(caller.consents(0).recorded_by(), kCouncillor);
  EXPECT_EQ(caller.consents(0).asked_on(), "2026-07-01");
}

// F13
TEST(LogSealedCall, NeedsToKnowHowTheCallerWasAsked) {
  Given given;
  EXPECT_EQ(given.When(kCouncillor, SealedCall("consents { to: CONSENT_TO_CONTACT given: true }")),
            "INVALID_ARGUMENT INVALID_FIELD caller.consents[0].how_asked");
  EXPECT_EQ(given.When(kCouncillor, SealedCall("consents { how_asked: 'x' }")),
            "INVALID_ARGUMENT INVALID_FIELD caller.consents[0].to");
}

// F13
TEST(ChangeCaller, ReplacesWhatIsGivenAndForgetsWhatIsNotKnownAnyMore) {
  Given given = CallWithCaller();
  auto change = AboutCall<v1::ChangeSealedCaller>(
      "caller { fields { field: PERSONAL_FIELD_NAME sealed { nonce: 'm' box: 'b3' } } }"
      " remove: PERSONAL_FIELD_CONTACT anonymous: true");
  change.mutable_caller()->set_key(kKey);
  EXPECT_EQ(given.When(kCouncillor, change), "CallerChanged");
  const v1::Caller caller = given.call().caller();
  ASSERT_EQ(caller.fields_size(), 1);
  EXPECT_EQ(caller.fields(0).sealed().box(), "b3");
  EXPECT_TRUE(caller.anonymous());
}

// F13
TEST(ChangeCaller, TakesNoOtherKeyThanTheCallersOwnAndNotFromEverybody) {
  Given given = CallWithCaller();
  auto change = AboutCall<v1::ChangeSealedCaller>("caller { key: 'councils/E1/callers/ffff' }");
  EXPECT_EQ(given.When(kCouncillor, change), "ABORTED ETAG_MOVED etag");
  change.mutable_caller()->set_key(kKey);
  EXPECT_EQ(given.When(kPoliceOfficer, change), "PERMISSION_DENIED MAY_NOT_CHANGE_CALLER");
}

// F58
TEST(OpenCaller, ShowsTheCouncilsOwnPeople) {
  Given given = CallWithCaller();
  EXPECT_EQ(WhenOpened(given, kCoordinator, kContact), "CallerOpened");
  EXPECT_EQ(given.event().caller_opened().purpose(), "victim-support");
  EXPECT_EQ(WhenOpened(given, kCouncillor, kContact), "CallerOpened");
  for (const char* other : {"analyst:wu", kScrutiny, kAdministrator, "officer:reid"})
    EXPECT_EQ(WhenOpened(given, other, kContact), "PERMISSION_DENIED MAY_NOT_OPEN") << other;
}

// F58
TEST(OpenCaller, SaysWhatForOnWhatLawAndWhat) {
  Given given = CallWithCaller();
  auto open = AboutCall<v1::OpenCallerRequest>(kName);
  EXPECT_EQ(given.When(kCoordinator, open), "INVALID_ARGUMENT INVALID_FIELD purpose");
  EXPECT_EQ(WhenOpened(given, kCoordinator, "fields: PERSONAL_FIELD_NAME"),
            "INVALID_ARGUMENT INVALID_FIELD legal_basis");
  EXPECT_EQ(WhenOpened(given, kCoordinator, "legal_basis: LEGAL_BASIS_PUBLIC_TASK"),
            "INVALID_ARGUMENT INVALID_FIELD fields");
}

// F58
TEST(OpenCaller, RestsOnConsentOnlyWhereItWasGivenAndNotTakenBack) {
  const std::string on_consent = "legal_basis: LEGAL_BASIS_CONSENT fields: PERSONAL_FIELD_NAME";
  Given given = CallWithCaller();
  EXPECT_EQ(WhenOpened(given, kCoordinator, on_consent), "FAILED_PRECONDITION NO_CONSENT");
  EXPECT_EQ(given.When(kCoordinator,
                       AboutCall<v1::RecordConsentRequest>(
                           "consent { to: CONSENT_TO_CONTACT given: true how_asked: 'at home' }")),
            "ConsentRecorded");
  EXPECT_EQ(WhenOpened(given, kCoordinator, on_consent), "CallerOpened");
  auto withdraw = AboutCall<v1::WithdrawConsentRequest>("to: CONSENT_TO_CONTACT");
  EXPECT_EQ(given.When(kCoordinator, withdraw), "ConsentWithdrawn");
  EXPECT_EQ(WhenOpened(given, kCoordinator, on_consent), "FAILED_PRECONDITION NO_CONSENT");
  EXPECT_EQ(given.When(kCoordinator, withdraw), "FAILED_PRECONDITION NO_CONSENT");
}

// F58
TEST(OpenCaller, ShowsAnAgencyWhatACurrentAgreementNames) {
  Given given = CallWithCaller();
  EXPECT_EQ(WhenOpened(given, kPoliceOfficer, kName), "PERMISSION_DENIED NO_AGREEMENT");
  // The name only.
  EXPECT_EQ(Agree(given, "categories: DATA_CATEGORY_NAME"), "AgreementKnown");
  EXPECT_EQ(WhenOpened(given, kPoliceOfficer, kName), "CallerOpened");
  EXPECT_EQ(given.event().caller_opened().agreement(), "councils/E1/agreements/isa-1");
  EXPECT_EQ(WhenOpened(given, kPoliceOfficer, kContact), "PERMISSION_DENIED NO_AGREEMENT");
  EXPECT_EQ(WhenOpened(given, "officer:cole@housing", kName), "PERMISSION_DENIED NO_AGREEMENT");
  auto other = AboutCall<v1::OpenCallerRequest>(std::string("purpose: 'curiosity' ") + kName);
  EXPECT_EQ(given.When(kPoliceOfficer, other), "PERMISSION_DENIED NO_AGREEMENT");
  // It has ended.
  EXPECT_EQ(Agree(given, "categories: DATA_CATEGORY_NAME", "to_date: '2026-06-30'"),
            "AgreementKnown");
  EXPECT_EQ(WhenOpened(given, kPoliceOfficer, kName), "PERMISSION_DENIED NO_AGREEMENT");
}

// F58
TEST(OpenCaller, HeedsWhatTheCallerWishesUnlessTheLawSaysOtherwise) {
  const std::string everything = "categories: DATA_CATEGORY_NAME categories: DATA_CATEGORY_CONTACT";
  Given anonymous = CallWithCaller("anonymous: true");
  Agree(anonymous, everything);
  EXPECT_EQ(WhenOpened(anonymous, kPoliceOfficer, kName), "PERMISSION_DENIED WISHES_OTHERWISE");
  EXPECT_EQ(WhenOpened(anonymous, kPoliceOfficer,
                       "legal_basis: LEGAL_BASIS_VITAL_INTERESTS fields: PERSONAL_FIELD_NAME"),
            "CallerOpened");
  Given name_only = CallWithCaller("keep_private: true");
  Agree(name_only, everything);
  EXPECT_EQ(WhenOpened(name_only, kPoliceOfficer, kName), "CallerOpened");
  EXPECT_EQ(WhenOpened(name_only, kPoliceOfficer, kContact), "PERMISSION_DENIED WISHES_OTHERWISE");
}

// F73
TEST(EraseCaller, LeavesTheCallAndNothingOfTheCaller) {
  Given given = CallWithCaller(kYesToAll);
  auto erase = AboutCall<v1::EraseCallerRequest>("reason: 'they asked for it'");
  EXPECT_EQ(given.When(kPoliceOfficer, erase), "PERMISSION_DENIED MAY_NOT_ERASE");
  EXPECT_EQ(given.When(kCoordinator, erase), "CallerErased");
  EXPECT_EQ(given.event().caller_erased().key(), kKey);
  EXPECT_TRUE(given.call().caller().erased());
  EXPECT_TRUE(given.call().caller().fields().empty());
  EXPECT_TRUE(given.tables().erased.Contains(kKey));
  EXPECT_EQ(given.call().details().summary(), NewCall().details().summary());
  EXPECT_EQ(given.When(kCoordinator, erase), "nothing");
  EXPECT_EQ(WhenOpened(given, kCoordinator, kName), "FAILED_PRECONDITION CALLER_ERASED");
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::ChangeSealedCaller>()),
            "FAILED_PRECONDITION CALLER_ERASED");
}

// F73
TEST(EraseCaller, NeedsAReasonAndACaller) {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::EraseCallerRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::EraseCallerRequest>("reason: 'x'")),
            "FAILED_PRECONDITION NO_CALLER");
  EXPECT_EQ(WhenOpened(given, kCoordinator, kName), "FAILED_PRECONDITION NO_CALLER");
}

/// The call is withdrawn, and what follows from that.
std::string WhenWithdrawn(Given& given) {
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::WithdrawCallRequest>("reason: 'it stopped'")),
            "CallWithdrawn");
  return given.WhenHappened(kTopic, v1::Event(given.event()));
}

// F73
TEST(Retention, ErasesTheCallerWhenTheCouncilHasKeptThemLongEnough) {
  Given given = CallWithCaller();
  EXPECT_EQ(given.WhenConfigured("retention { length: '12 months' }"), "CouncilConfigured");
  EXPECT_EQ(WhenWithdrawn(given), "nothing, RetentionStarted");
  EXPECT_EQ(given.Clocks("E1"), "retention of 2026-000001 by 2027-07-01T23:00Z");
  EXPECT_EQ(given.WhenItIs("2027-07-01T23:00:00Z"), "CallerErased");
  EXPECT_EQ(given.event().caller_erased().key(), kKey);
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.WhenItIs("2028-07-01T23:00:00Z"), "");
}

// F73
TEST(Retention, ErasesNobodyBecauseTheCouncilTurnsItOff) {
  Given given = CallWithCaller();
  EXPECT_EQ(given.WhenConfigured("retention { length: '12 months' }"), "CouncilConfigured");
  EXPECT_EQ(WhenWithdrawn(given), "nothing, RetentionStarted");
  EXPECT_EQ(given.WhenConfigured("retention { length: '24 months' }"), "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-08-01T09:00:00Z"), "ClockRecomputed");
  EXPECT_EQ(given.Clocks("E1"), "retention of 2026-000001 by 2028-07-01T23:00Z");
  EXPECT_EQ(given.WhenConfigured(""), "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2028-07-01T23:00:00Z"), "RetentionLifted");
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_FALSE(given.call().caller().erased());
}

// F73
TEST(Retention, IsOffUntilTheCouncilSetsIt) {
  Given given = CallWithCaller();
  EXPECT_EQ(WhenWithdrawn(given), "nothing, nothing");
}

// F73
TEST(Retention, ReachesTheCallsThatEndedBeforeItWasSetOneAfterTheOther) {
  Given given = CallWithCaller();
  EXPECT_EQ(given.When(kCouncillor, SealedCall()), "CallLogged");
  EXPECT_EQ(given.When(kCouncillor, SealedCall()), "CallLogged");
  EXPECT_EQ(WhenWithdrawn(given), "nothing, nothing");
  v1::WithdrawCallRequest third;
  third.set_name("councils/E1/calls/2026-000003");
  third.set_reason("it stopped");
  EXPECT_EQ(given.When(kCouncillor, third), "CallWithdrawn");
  EXPECT_EQ(given.WhenConfigured("retention { length: '12 months' }"), "CouncilConfigured");
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "RetentionStarted");
  EXPECT_EQ(given.event().retention_started().name(), kCall);
  // The second is open, and has its clock when it ends.
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "RetentionStarted");
  EXPECT_EQ(given.event().retention_started().name(), third.name());
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "nothing");
  given.WhenItIs("2027-07-01T23:00:00Z");
  EXPECT_TRUE(given.call().caller().erased());
  EXPECT_FALSE(given.call("councils/E1/calls/2026-000002").caller().erased());
  EXPECT_TRUE(given.call(third.name()).caller().erased());
}

// F73
TEST(Retention, RunsForNobodyWhereThereIsNoCallerOrNoneAnyMore) {
  Given nobody = LoggedCall();
  EXPECT_EQ(nobody.WhenConfigured("retention { length: '12 months' }"), "CouncilConfigured");
  EXPECT_EQ(WhenWithdrawn(nobody), "nothing, nothing");
  Given erased = CallWithCaller();
  EXPECT_EQ(erased.WhenConfigured("retention { length: '12 months' }"), "CouncilConfigured");
  EXPECT_EQ(erased.When(kCoordinator, AboutCall<v1::EraseCallerRequest>("reason: 'asked'")),
            "CallerErased");
  EXPECT_EQ(WhenWithdrawn(erased), "nothing, nothing");
}

// F73
TEST(Retention, StopsWhenTheCallIsOpenAgain) {
  Given given = AcceptedCall();
  auto change = AboutCall<v1::ChangeSealedCaller>();
  *change.mutable_caller() = SealedCaller();
  EXPECT_EQ(given.When(kCouncillor, change), "CallerChanged");
  EXPECT_EQ(given.WhenConfigured("retention { length: '12 months' }"), "CouncilConfigured");
  EXPECT_EQ(given.When("system:intake", CloseCall{kCall, "", {}}), "CallClosed");
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "nothing, RetentionStarted");
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::ReportNotFixedRequest>("reason: 'it is back'")),
            "CallReopened");
  EXPECT_EQ(given.Clocks("E1"), "");
}

/// What the call's council sends to another, and what that one makes of it.
v1::CallReferredToCouncil Refer(Given& given) {
  EXPECT_EQ(given.When("system:intake", OpenCouncil{"councils/E2"}), "CouncilOpened");
  auto refer = AboutCall<v1::ReferSealedCall>(
      "council: 'councils/E2' reason: 'a county road' caller { key: 'councils/E2/callers/77'"
      " fields { field: PERSONAL_FIELD_NAME sealed { nonce: 'n' box: 'theirs' } } }");
  EXPECT_EQ(given.When(kCoordinator, refer), "CallReferredToCouncil");
  v1::Event event = given.event();
  EXPECT_EQ(given.WhenHappened(kTopic, event), "CallLogged");
  return event.call_referred_to_council();
}

// F13, F18
TEST(ReferSealedCall, LetsTheCallerTravelOnlyWhereTheyAgreed) {
  Given agreed = CallWithCaller(kYesToAll);
  EXPECT_EQ(Refer(agreed).caller().key(), "councils/E2/callers/77");
  const v1::Caller theirs = agreed.call("councils/E2/calls/2026-000001").caller();
  EXPECT_EQ(theirs.fields(0).sealed().box(), "theirs");
  // What else they agreed to is asked anew.
  EXPECT_TRUE(theirs.consent_needed());
  EXPECT_TRUE(theirs.consents().empty());

  Given not_asked = CallWithCaller();
  EXPECT_EQ(Refer(not_asked).caller().key(), "");
  EXPECT_TRUE(not_asked.call("councils/E2/calls/2026-000001").caller().consent_needed());
  EXPECT_TRUE(not_asked.call("councils/E2/calls/2026-000001").caller().fields().empty());
}

// F57
TEST(RotateKeys, IsWrittenDownAndAnAdministrators) {
  Given given;
  auto rotate = FromText<v1::RotateKeysTo>("parent: 'councils/E1' master_key: 'abc'");
  EXPECT_EQ(given.When(kCoordinator, rotate), "PERMISSION_DENIED NOT_ADMINISTRATOR");
  EXPECT_EQ(given.When(kAdministrator, rotate), "KeysRotated");
  rotate.set_parent("councils/E9");
  EXPECT_EQ(given.When(kAdministrator, rotate), "NOT_FOUND NOT_FOUND parent");
}

}  // namespace
}  // namespace ccfa::intake
