#include <gtest/gtest.h>

#include "services/routing/given.h"

namespace ccfa::routing {
namespace {

constexpr char kAdministrator[] = "administrator:root";

/// A good agreement with `more`, in its text form, set over it.
v1::RecordAgreementRequest SharingWith(const std::string& agency, const std::string& more = "") {
  auto request = FromText<v1::RecordAgreementRequest>(
      "agreement { name: 'councils/E1/agreements/isa-1' categories: DATA_CATEGORY_NAME"
      " purposes: 'victim-support' from_date: '2026-01-01' to_date: '2026-12-31' }");
  request.mutable_agreement()->set_agency(agency);
  request.mutable_agreement()->MergeFrom(FromText<v1::Agreement>(more));
  return request;
}

void RegisterFire(Given& given) {
  EXPECT_EQ(given.When(kRegistrar, FromText<v1::RegisterAgencyRequest>(
                                       "agency { name: 'councils/E1/agencies/fire'"
                                       " title: 'Fire' kind: 'fire' }")),
            "AgencyRegistered");
}

constexpr char kFire[] = "councils/E1/agencies/fire";

// F58
TEST(RecordAgreement, IsKnownUntilAnotherTakesItsPlace) {
  Given given;
  RegisterFire(given);
  EXPECT_EQ(given.When(kAdministrator, SharingWith(kFire)), "AgreementRecorded");
  EXPECT_EQ(given.When(kAdministrator, SharingWith(kFire)), "nothing");
  EXPECT_EQ(given.When(kAdministrator, SharingWith(kFire, "to_date: '2026-06-30'")),
            "AgreementRecorded");
  EXPECT_EQ(given.tables().agreements.Get("councils/E1/agreements/isa-1")->to_date(), "2026-06-30");
}

// F58
TEST(RecordAgreement, RefusesWhatSaysTooLittle) {
  Given given;
  RegisterFire(given);
  EXPECT_EQ(given.When("coordinator:lee", SharingWith(kFire)),
            "PERMISSION_DENIED NOT_ADMINISTRATOR");
  EXPECT_EQ(given.When(kAdministrator, SharingWith("councils/E1/agencies/nobody")),
            "NOT_FOUND NOT_FOUND agreement.agency");
  EXPECT_EQ(given.When(kAdministrator, SharingWith("councils/E2/agencies/fire")),
            "INVALID_ARGUMENT INVALID_FIELD agreement.agency");
  EXPECT_EQ(given.When(kAdministrator, SharingWith(kFire, "to_date: '2025-12-31'")),
            "INVALID_ARGUMENT INVALID_FIELD agreement.to_date");
  EXPECT_EQ(given.When(kAdministrator, SharingWith(kFire, "from_date: 'soon'")),
            "INVALID_ARGUMENT INVALID_FIELD agreement.from_date");
  EXPECT_EQ(given.When(kAdministrator, SharingWith(kFire, "categories: DATA_CATEGORY_UNSPECIFIED")),
            "INVALID_ARGUMENT INVALID_FIELD agreement.categories");
  EXPECT_EQ(given.When(kAdministrator, SharingWith(kFire, "purposes: ''")),
            "INVALID_ARGUMENT INVALID_FIELD agreement.purposes");
}

}  // namespace
}  // namespace ccfa::routing
