#include <gtest/gtest.h>

#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

std::string Recorded(Given& given, const std::string& request) {
  return given.When("analyst:wu", FromText<v1::RecordExportRequest>(request));
}

TEST(RecordExport, SaysWhatTheCallsAreExportedForBeforeTheyAre) {
  Given given;
  EXPECT_EQ(Recorded(given, "parent: 'councils/E1' purpose: 'the yearly report'"), "ActRecorded");
  EXPECT_EQ(given.event().act_recorded().act(), record::v1::ACT_CALLS_EXPORTED);
  EXPECT_EQ(given.event().act_recorded().reason(), "the yearly report");
  for (const char* purpose : {"", "purpose: 'two\\nlines'"}) {
    EXPECT_EQ(Recorded(given, absl::StrCat("parent: 'councils/E1' ", purpose)),
              "INVALID_ARGUMENT INVALID_FIELD purpose");
  }
  EXPECT_EQ(Recorded(given, "parent: 'councils/E2' purpose: 'a report'"),
            "NOT_FOUND NOT_FOUND parent");
}

}  // namespace
}  // namespace ccfa::intake
