#include "common/identity/permissions.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/intake/v1/caller.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"

namespace ccfa::identity {
namespace {

TEST(Permissions, WhatIsNotInTheTableNobodyMay) {
  EXPECT_EQ(FindPermission("/ccfa.intake.v1.IntakeService/EraseCall"), nullptr);
  EXPECT_NE(FindPermission("/ccfa.intake.v1.IntakeService/LogCall"), nullptr);
}

TEST(GrantOf, ReadsWhoAndOnWhoseThings) {
  const Permission row{"LogCall", "councillor@ward officer@agency coordinator administrator@all"};
  EXPECT_TRUE(GrantOf(row, "councillor").own_ward_only);
  EXPECT_TRUE(GrantOf(row, "officer").own_agency_only);
  EXPECT_TRUE(GrantOf(row, "administrator").every_council);
  EXPECT_TRUE(GrantOf(row, "coordinator").granted);
  EXPECT_FALSE(GrantOf(row, "coordinator").own_ward_only);
  EXPECT_FALSE(GrantOf(row, "public").granted);
  EXPECT_FALSE(GrantOf({"GetCall", "staff"}, "public").granted);
  EXPECT_TRUE(GrantOf({"GetCall", "staff"}, "analyst").granted);
  EXPECT_TRUE(GrantOf({"ListWards", "everybody"}, "public").granted);
  EXPECT_FALSE(GrantOf({"GetCall", "staff"}, "partner").granted);
  EXPECT_TRUE(GrantOf({"ListCalls", "staff partner"}, "partner").granted);
  EXPECT_TRUE(GrantOf({"ListCalls", "staff partner"}, "officer").granted);
  EXPECT_FALSE(GrantOf({"ListCalls", "staff partner"}, "public").granted);
}

/// The RPCs of a service for which the table names this role, or all of the staff with it.
std::vector<std::string> RowsOf(const google::protobuf::ServiceDescriptor& service,
                                absl::string_view role) {
  std::vector<std::string> rows;
  for (int i = 0; i < service.method_count(); ++i) {
    const Permission* row =
        FindPermission(absl::StrCat(service.full_name(), "/", service.method(i)->name()));
    if (row->who != "anyone" && row->who != "everybody" && GrantOf(*row, role).granted)
      rows.push_back(service.method(i)->name());
  }
  return rows;
}

// F70, F75
TEST(Partner, MayLogReadAndAddToCallsAndNothingElse) {
  using ::testing::ElementsAre;
  EXPECT_THAT(
      RowsOf(*intake::v1::Call::descriptor()->file()->service(0), "partner"),
      ElementsAre("LogCall", "GiveInformation", "NoteReply", "ReportNotFixed", "ListClocks"));
  EXPECT_THAT(RowsOf(*intake::v1::Caller::descriptor()->file()->service(0), "partner"),
              ElementsAre());
  EXPECT_THAT(RowsOf(*insight::v1::CallStory::descriptor()->file()->service(0), "partner"),
              ElementsAre("GetCallStory", "ListCalls", "GetHistory"));
  EXPECT_THAT(RowsOf(*sara::v1::Problem::descriptor()->file()->service(0), "partner"),
              ElementsAre("ListClocks"));
  EXPECT_THAT(RowsOf(*routing::v1::Ward::descriptor()->file()->service(0), "partner"),
              ElementsAre());
  EXPECT_THAT(RowsOf(*scrutiny::v1::Referral::descriptor()->file()->service(0), "partner"),
              ElementsAre());
}

}  // namespace
}  // namespace ccfa::identity
