#include "common/calendar/quarter.h"

#include <gtest/gtest.h>

namespace ccfa::calendar {
namespace {

TEST(Quarter, HasThreeMonths) {
  absl::StatusOr<Quarter> quarter = Quarter::Parse("2026-Q4");
  ASSERT_TRUE(quarter.ok()) << quarter.status();
  EXPECT_EQ(quarter->first_month(), absl::CivilMonth(2026, 10));
  EXPECT_EQ(quarter->end(), absl::CivilMonth(2027, 1));
  EXPECT_FALSE(quarter->Has(absl::CivilMonth(2026, 9)));
  EXPECT_TRUE(quarter->Has(absl::CivilMonth(2026, 10)));
  EXPECT_TRUE(quarter->Has(absl::CivilMonth(2026, 12)));
  EXPECT_FALSE(quarter->Has(absl::CivilMonth(2027, 1)));
}

TEST(Quarter, IsWrittenAsItIsRead) {
  for (const char* text : {"2026-Q1", "2026-Q2", "2026-Q3", "0001-Q4"}) {
    absl::StatusOr<Quarter> quarter = Quarter::Parse(text);
    ASSERT_TRUE(quarter.ok()) << quarter.status();
    EXPECT_EQ(quarter->Text(), text);
  }
}

TEST(Quarter, WrittenOtherwiseIsRefused) {
  for (const char* text : {"", "2026", "2026-Q0", "2026-Q5", "2026-q1", "2026-02", "26-Q1",
                           "2026-Q11", "0000-Q1", "2O26-Q1"}) {
    EXPECT_EQ(Quarter::Parse(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

}  // namespace
}  // namespace ccfa::calendar
