#include "common/calendar/date.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace ccfa::calendar {
namespace {

using ::testing::HasSubstr;

TEST(ParseDate, ReadsADay) {
  absl::StatusOr<absl::CivilDay> day = ParseDate("2026-11-20");
  ASSERT_TRUE(day.ok()) << day.status();
  EXPECT_EQ(*day, absl::CivilDay(2026, 11, 20));
}

TEST(ParseDate, KnowsLeapYears) {
  EXPECT_TRUE(ParseDate("2028-02-29").ok());
  EXPECT_FALSE(ParseDate("2026-02-29").ok());
  EXPECT_FALSE(ParseDate("2100-02-29").ok());
}

TEST(ParseDate, RefusesDaysThatDoNotExist) {
  for (const char* text :
       {"2026-02-30", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01"}) {
    absl::Status status = ParseDate(text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(status.message()), HasSubstr("there is no day")) << text;
  }
}

TEST(ParseDate, RefusesAnyOtherWriting) {
  for (const char* text : {"", "2026", "2026-1-1", "20260101", "01/02/2026", "2026-01-01 ",
                           " 2026-01-1", "+026-01-01", "2026-01-01T00:00:00Z", "2026-0a-01"}) {
    absl::Status status = ParseDate(text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(status.message()), HasSubstr("YYYY-MM-DD")) << text;
  }
}

TEST(ParseDate, QuotesStrangeBytesShortAndEscaped) {
  absl::Status status = ParseDate(std::string(1000, '\xff')).status();
  EXPECT_LT(status.message().size(), 200u);
  EXPECT_THAT(std::string(status.message()), HasSubstr("\\xff"));
}

}  // namespace
}  // namespace ccfa::calendar
