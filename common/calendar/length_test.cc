#include "common/calendar/length.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ccfa::calendar {
namespace {

// F47
TEST(ParseLength, ReadsWhatACouncilWrites) {
  EXPECT_EQ(*ParseLength("5 working days"), (Length{5, Unit::kWorkingDays}));
  EXPECT_EQ(*ParseLength("1 working day"), (Length{1, Unit::kWorkingDays}));
  EXPECT_EQ(*ParseLength("28 days"), (Length{28, Unit::kCalendarDays}));
  EXPECT_EQ(*ParseLength("2 weeks"), (Length{14, Unit::kCalendarDays}));
  EXPECT_EQ(*ParseLength("2 months"), (Length{2, Unit::kMonths}));
  EXPECT_EQ(*ParseLength("0 days"), (Length{0, Unit::kCalendarDays}));
}

// F47
TEST(ParseLength, SaysWhatItExpectedOfAnythingElse) {
  for (const char* words : {"", "5", "five days", "5  days", "-1 days", "10001 days", "5 years",
                            "1429 weeks", "5 working weeks", "days 5", " 5 days", "5 days "}) {
    absl::StatusOr<Length> length = ParseLength(words);
    ASSERT_FALSE(length.ok()) << words;
    EXPECT_NE(length.status().message().find("5 working days"), std::string::npos);
  }
}

// F47
RC_GTEST_PROP(WordsOf, AreReadBack, ()) {
  Length length{*rc::gen::inRange(0, Length::kLongest + 1),
                *rc::gen::element(Unit::kCalendarDays, Unit::kWorkingDays, Unit::kMonths)};
  RC_ASSERT(*ParseLength(WordsOf(length)) == length);
}

}  // namespace
}  // namespace ccfa::calendar
