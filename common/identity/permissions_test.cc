#include "common/identity/permissions.h"

#include <gmock/gmock.h>

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
}

}  // namespace
}  // namespace ccfa::identity
