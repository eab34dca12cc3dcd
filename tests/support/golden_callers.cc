#include "tests/support/golden_callers.h"

#include "absl/strings/str_cat.h"
#include "ccfa/intake/v1/sealed.pb.h"
#include "tests/support/calendar.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

/// Sealed by nobody: what is in it means nothing here, and is the same in every run.
void AddField(intake::v1::Caller& caller, intake::v1::PersonalField field) {
  intake::v1::SealedField& sealed = *caller.add_fields();
  sealed.set_field(field);
  sealed.mutable_sealed()->set_nonce("a nonce of 24 bytes, once");
  sealed.mutable_sealed()->set_box(absl::StrCat("field ", static_cast<int>(field)));
}

intake::v1::Consent Yes(intake::v1::ConsentTo to) {
  intake::v1::Consent consent;
  consent.set_to(to);
  consent.set_given(true);
  consent.set_how_asked("at the surgery");
  return consent;
}

intake::v1::LogSealedCall SealedCall(const std::string& council, const std::string& id) {
  intake::v1::LogSealedCall request;
  request.set_parent(council);
  *request.mutable_details() = NewCall().details();
  request.mutable_details()->clear_councillor();
  intake::v1::Caller& caller = *request.mutable_caller();
  caller.set_key(absl::StrCat(council, "/callers/", id));
  AddField(caller, intake::v1::PERSONAL_FIELD_NAME);
  AddField(caller, intake::v1::PERSONAL_FIELD_CONTACT);
  *caller.add_consents() = Yes(intake::v1::CONSENT_TO_CONTACT);
  return request;
}

void AgreeWithPolice(Town& town) {
  routing::v1::RecordAgreementRequest request;
  routing::v1::Agreement& agreement = *request.mutable_agreement();
  agreement.set_name(absl::StrCat(kCouncil, "/agreements/isa-1"));
  agreement.set_agency(kPolice);
  agreement.add_categories(routing::v1::DATA_CATEGORY_NAME);
  agreement.add_purposes("victim-support");
  agreement.set_from_date("2027-01-01");
  agreement.set_to_date("2029-12-31");
  town.Do(request, kAdministrator);
}

void Show(Town& town, const std::string& call, const std::string& who) {
  intake::v1::OpenCallerRequest open;
  open.set_name(call);
  open.set_purpose("victim-support");
  open.set_legal_basis(intake::v1::LEGAL_BASIS_CRIME_AND_DISORDER);
  open.add_fields(intake::v1::PERSONAL_FIELD_NAME);
  town.Do(open, who);
}

/// A council that keeps callers for two days after the end of their call, and then thinks again.
void KeepForAWhile(Town& town) {
  routing::v1::ConfigureCouncilRequest configure;
  configure.mutable_config()->set_name(kNeighbour);
  configure.mutable_config()->mutable_intake()->mutable_retention()->set_length("2 days");
  town.Do(configure, kAdministrator);
  std::string call = town.Do(SealedCall(kNeighbour, "0002"), kCoordinator);
  town.Do(WithReason<intake::v1::WithdrawCallRequest>(call, "it has stopped"), kCoordinator);
  configure.mutable_config()->clear_intake();
  town.Do(configure, kAdministrator);
  NextDayAtNine(town, 4);
}

}  // namespace

void KnowCallersAndForgetThem(Town& town) {
  std::string call = town.Do(SealedCall(kCouncil, "0001"), kCoordinator);
  auto change = About<intake::v1::ChangeSealedCaller>(call);
  change.mutable_caller()->set_key(absl::StrCat(kCouncil, "/callers/0001"));
  AddField(*change.mutable_caller(), intake::v1::PERSONAL_FIELD_ADDRESS);
  change.add_remove(intake::v1::PERSONAL_FIELD_CONTACT);
  town.Do(change, kCoordinator);
  auto consent = About<intake::v1::RecordConsentRequest>(call);
  *consent.mutable_consent() = Yes(intake::v1::CONSENT_TO_AGENCIES);
  town.Do(consent, kCoordinator);
  AgreeWithPolice(town);
  Show(town, call, kCoordinator);
  Show(town, call, kPoliceOfficer);
  auto withdraw = About<intake::v1::WithdrawConsentRequest>(call);
  withdraw.set_to(intake::v1::CONSENT_TO_CONTACT);
  town.Do(withdraw, kCoordinator);
  town.Do(WithReason<intake::v1::EraseCallerRequest>(call, "the caller asked for it"),
          kCoordinator);
  intake::v1::RotateKeysTo rotate;
  rotate.set_parent(kCouncil);
  rotate.set_master_key("0a1b2c3d4e5f");
  town.Do(rotate, kAdministrator);
  KeepForAWhile(town);
}

}  // namespace ccfa::test_support
