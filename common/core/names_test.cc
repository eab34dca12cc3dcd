#include "common/core/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/core/refusal.h"

namespace ccfa {
namespace {

TEST(CheckName, TakesNamesOfThePattern) {
  EXPECT_TRUE(CheckName("name", "councils/E08000012/calls/2026-000123", "councils/*/calls/*").ok());
  EXPECT_TRUE(CheckName("parent", "councils/E08000012", "councils/*").ok());
}

TEST(CheckName, RefusesEverythingElseAndNamesTheField) {
  for (const char* name :
       {"", "councils", "councils/", "councils//calls/1", "councils/E1/calls", "councils/E1/calls/",
        "councils/E1/calls/1/2", "teams/E1/calls/1", "councils/../calls/1/", "councils/E 1/calls/1",
        "councils/E1/calls/\x01", "/councils/E1/calls/1", "councils/E1/calls/1/"}) {
    absl::Status refused = CheckName("name", name, "councils/*/calls/*");
    EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(FieldOf(refused), "name") << name;
  }
  EXPECT_FALSE(CheckName("name", "councils/" + std::string(65, 'x'), "councils/*").ok());
}

TEST(Names, AreTakenApart) {
  EXPECT_EQ(CouncilOf("councils/E1/problems/2026-000001/actions/2"), "E1");
  EXPECT_EQ(CouncilOf("teams/E1"), "");
  EXPECT_EQ(LastId("councils/E1/calls/2026-000001"), "2026-000001");
  EXPECT_EQ(ParentOf("councils/E1/problems/2026-000001/actions/2"),
            "councils/E1/problems/2026-000001");
  EXPECT_EQ(ParentOf("councils"), "");
}

}  // namespace
}  // namespace ccfa
