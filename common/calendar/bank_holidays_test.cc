#include "common/calendar/bank_holidays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace ccfa::calendar {
namespace {

using ::testing::HasSubstr;

constexpr char kTwoNations[] = R"({
  "england-and-wales": {"division": "england-and-wales", "events": [
    {"title": "Easter Monday", "date": "2026-04-06", "notes": "", "bunting": true},
    {"title": "New Year's Day", "date": "2025-01-01", "notes": "", "bunting": true}]},
  "scotland": {"division": "scotland", "events": [
    {"title": "St Andrew's Day", "date": "2026-11-30", "notes": "", "bunting": true}]}
})";

// "" when the public data is not on this machine.
std::string ReadTestData(const std::string& file) {
  const char* folder = std::getenv("CCFA_TEST_DATA");
  std::ifstream in(std::string(folder ? folder : CCFA_DEFAULT_TEST_DATA) + "/" + file);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

TEST(BankHolidays, AreThoseOfTheDivisionAlone) {
  absl::StatusOr<BankHolidays> england = BankHolidays::Parse(kTwoNations, "england-and-wales");
  ASSERT_TRUE(england.ok()) << england.status();
  EXPECT_TRUE(england->Contains(absl::CivilDay(2026, 4, 6)));
  EXPECT_FALSE(england->Contains(absl::CivilDay(2026, 4, 7)));
  EXPECT_FALSE(england->Contains(absl::CivilDay(2026, 11, 30)));
}

TEST(BankHolidays, KnowTheYearsTheyCoverInWhateverOrderTheyCome) {
  absl::StatusOr<BankHolidays> england = BankHolidays::Parse(kTwoNations, "england-and-wales");
  ASSERT_TRUE(england.ok()) << england.status();
  EXPECT_EQ(england->FirstYear(), 2025);
  EXPECT_EQ(england->LastYear(), 2026);
}

TEST(BankHolidays, RefuseNamingThePlace) {
  struct Refusal {
    std::string json;
    std::string message;
  };
  for (const Refusal& refusal : {
           Refusal{"", "not JSON: error at byte"},
           Refusal{"{\"scotland\": ", "not JSON: error at byte"},
           Refusal{"[1e999]", "not JSON"},
           Refusal{"[]", "expected an object of divisions"},
           Refusal{"{}", "scotland: expected an object"},
           Refusal{R"({"scotland": 3})", "scotland: expected an object"},
           Refusal{R"({"scotland": {}})", "scotland.events: expected an array"},
           Refusal{R"({"scotland": {"events": {}}})", "scotland.events: expected an array"},
           Refusal{R"({"scotland": {"events": []}})", "scotland.events: expected at least one"},
           Refusal{R"({"scotland": {"events": [7]}})", "scotland.events[0]: expected an object"},
           Refusal{R"({"scotland": {"events": [{}]}})", "scotland.events[0].date: expected a"},
           Refusal{R"({"scotland": {"events": [{"date": "2026-01-01"}, {"date": 2026}]}})",
                   "scotland.events[1].date: expected a string"},
           Refusal{R"({"scotland": {"events": [{"date": "2026-02-30"}]}})",
                   "scotland.events[0].date: there is no day 2026-02-30"},
       }) {
    absl::Status status = BankHolidays::Parse(refusal.json, "scotland").status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << refusal.json;
    EXPECT_THAT(std::string(status.message()), HasSubstr(refusal.message)) << refusal.json;
  }
}

TEST(BankHolidays, SurviveDeepNesting) {
  EXPECT_FALSE(BankHolidays::Parse(std::string(100'000, '['), "scotland").ok());
  std::string closed = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_FALSE(BankHolidays::Parse(closed, "scotland").ok());
}

TEST(BankHolidays, ReadThePublishedFile) {
  std::string file = ReadTestData("reference/bank-holidays.json");
  if (file.empty()) GTEST_SKIP() << "no reference/bank-holidays.json: set CCFA_TEST_DATA";
  for (const char* division : {"england-and-wales", "scotland", "northern-ireland"}) {
    absl::StatusOr<BankHolidays> holidays = BankHolidays::Parse(file, division);
    ASSERT_TRUE(holidays.ok()) << holidays.status();
    EXPECT_EQ(holidays->FirstYear(), 2012);
    EXPECT_EQ(holidays->LastYear(), 2028);
    EXPECT_TRUE(holidays->Contains(absl::CivilDay(2026, 12, 25)));
  }
}

}  // namespace
}  // namespace ccfa::calendar
