#include "common/calendar/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace ccfa::calendar {
namespace {

// England and Wales around the Easter and the Christmas of 2026.
constexpr char kHolidays[] = R"({"england-and-wales": {"division": "england-and-wales", "events": [
  {"title": "Good Friday", "date": "2026-04-03"}, {"title": "Easter Monday", "date": "2026-04-06"},
  {"title": "Early May", "date": "2026-05-04"}, {"title": "Spring", "date": "2026-05-25"},
  {"title": "Summer", "date": "2026-08-31"}, {"title": "Christmas", "date": "2026-12-25"},
  {"title": "Boxing Day", "date": "2026-12-28"}, {"title": "New Year", "date": "2027-01-01"}]}})";

const Calendar& EnglandAndWales() {
  static const Calendar* const calendar =
      new Calendar(*Calendar::Create(*BankHolidays::Parse(kHolidays, "england-and-wales")));
  return *calendar;
}

absl::Time At(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << text << ": " << error;
  return time;
}

std::string Text(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%MZ", time, absl::UTCTimeZone());
}

std::string Due(const std::string& anchor, int count, Unit unit) {
  return Text(EnglandAndWales().Due(At(anchor), {count, unit}));
}

std::string WarnAt(const std::string& due, int count, Unit unit) {
  return Text(EnglandAndWales().WarnAt(At(due), {count, unit}));
}

TEST(DayOf, IsTheNextLondonDayLateOnASummerEvening) {
  EXPECT_EQ(EnglandAndWales().DayOf(At("2026-07-01T22:59:59Z")), absl::CivilDay(2026, 7, 1));
  EXPECT_EQ(EnglandAndWales().DayOf(At("2026-07-01T23:30:00Z")), absl::CivilDay(2026, 7, 2));
  EXPECT_EQ(EnglandAndWales().DayOf(At("2026-01-01T23:30:00Z")), absl::CivilDay(2026, 1, 1));
}

TEST(IsWorkingDay, LeavesOutWeekendsAndBankHolidays) {
  EXPECT_TRUE(EnglandAndWales().IsWorkingDay(absl::CivilDay(2026, 4, 2)));     // Thursday
  EXPECT_FALSE(EnglandAndWales().IsWorkingDay(absl::CivilDay(2026, 4, 3)));    // Good Friday
  EXPECT_FALSE(EnglandAndWales().IsWorkingDay(absl::CivilDay(2026, 4, 4)));    // Saturday
  EXPECT_FALSE(EnglandAndWales().IsWorkingDay(absl::CivilDay(2026, 4, 5)));    // Sunday
  EXPECT_FALSE(EnglandAndWales().IsWorkingDay(absl::CivilDay(2026, 12, 28)));  // substitute day
}

TEST(Due, IsTheEndOfTheLastDayAndDoesNotCountTheFirst) {
  EXPECT_EQ(Due("2026-01-05T00:00:00Z", 1, Unit::kWorkingDays), "2026-01-07T00:00Z");
  EXPECT_EQ(Due("2026-01-05T23:59:59Z", 1, Unit::kWorkingDays), "2026-01-07T00:00Z");
  EXPECT_EQ(Due("2026-01-05T12:00:00Z", 28, Unit::kCalendarDays), "2026-02-03T00:00Z");
}

TEST(Due, CountsFromTheLondonDayOfASummerEvening) {
  EXPECT_EQ(Due("2026-07-01T22:30:00Z", 1, Unit::kCalendarDays), "2026-07-02T23:00Z");
  EXPECT_EQ(Due("2026-07-01T23:30:00Z", 1, Unit::kCalendarDays), "2026-07-03T23:00Z");
}

TEST(Due, FollowsLondonIntoSummerTime) {
  EXPECT_EQ(Due("2026-03-27T12:00:00Z", 1, Unit::kCalendarDays), "2026-03-29T00:00Z");
  EXPECT_EQ(Due("2026-03-27T12:00:00Z", 2, Unit::kCalendarDays), "2026-03-29T23:00Z");
  EXPECT_EQ(Due("2026-03-27T12:00:00Z", 1, Unit::kWorkingDays), "2026-03-30T23:00Z");
}

TEST(Due, FollowsLondonOutOfSummerTime) {
  EXPECT_EQ(Due("2026-10-23T12:00:00Z", 1, Unit::kCalendarDays), "2026-10-24T23:00Z");
  EXPECT_EQ(Due("2026-10-23T12:00:00Z", 2, Unit::kCalendarDays), "2026-10-26T00:00Z");
  EXPECT_EQ(Due("2026-10-23T12:00:00Z", 1, Unit::kWorkingDays), "2026-10-27T00:00Z");
}

TEST(Due, SkipsEaster) {
  EXPECT_EQ(Due("2026-04-01T12:00:00Z", 1, Unit::kWorkingDays), "2026-04-02T23:00Z");
  EXPECT_EQ(Due("2026-04-02T12:00:00Z", 1, Unit::kWorkingDays), "2026-04-07T23:00Z");
  EXPECT_EQ(Due("2026-04-04T12:00:00Z", 2, Unit::kWorkingDays), "2026-04-08T23:00Z");
}

TEST(Due, SkipsChristmasAndNewYear) {
  EXPECT_EQ(Due("2026-12-24T12:00:00Z", 1, Unit::kWorkingDays), "2026-12-30T00:00Z");
  EXPECT_EQ(Due("2026-12-24T12:00:00Z", 3, Unit::kWorkingDays), "2027-01-01T00:00Z");
  EXPECT_EQ(Due("2026-12-24T12:00:00Z", 5, Unit::kWorkingDays), "2027-01-06T00:00Z");
}

TEST(Due, CountsWeekendsAndHolidaysAmongCalendarDays) {
  EXPECT_EQ(Due("2026-12-24T12:00:00Z", 1, Unit::kCalendarDays), "2026-12-26T00:00Z");
}

TEST(Due, ClampsMonthsToTheirLastDay) {
  EXPECT_EQ(Due("2026-01-31T12:00:00Z", 1, Unit::kMonths), "2026-03-01T00:00Z");
  EXPECT_EQ(Due("2028-01-31T12:00:00Z", 1, Unit::kMonths), "2028-03-01T00:00Z");
  EXPECT_EQ(Due("2028-01-29T12:00:00Z", 1, Unit::kMonths), "2028-03-01T00:00Z");
  EXPECT_EQ(Due("2026-08-31T12:00:00Z", 1, Unit::kMonths), "2026-09-30T23:00Z");
  EXPECT_EQ(Due("2026-08-31T12:00:00Z", 6, Unit::kMonths), "2027-03-01T00:00Z");
}

TEST(Due, OfNothingIsTheEndOfTheDayOrOfTheNextWorkingDay) {
  EXPECT_EQ(Due("2026-01-09T12:00:00Z", 0, Unit::kWorkingDays), "2026-01-10T00:00Z");
  EXPECT_EQ(Due("2026-01-10T12:00:00Z", 0, Unit::kWorkingDays), "2026-01-13T00:00Z");
  EXPECT_EQ(Due("2026-01-10T12:00:00Z", 0, Unit::kCalendarDays), "2026-01-11T00:00Z");
  EXPECT_EQ(Due("2026-01-10T12:00:00Z", 0, Unit::kMonths), "2026-01-11T00:00Z");
}

TEST(Due, TakesCountsOutOfBoundsAsTheBounds) {
  for (Unit unit : {Unit::kCalendarDays, Unit::kWorkingDays, Unit::kMonths}) {
    std::string anchor = "2026-01-09T12:00:00Z";
    EXPECT_EQ(Due(anchor, -5, unit), Due(anchor, 0, unit));
    EXPECT_EQ(Due(anchor, 2'000'000'000, unit), Due(anchor, Length::kLongest, unit));
  }
}

TEST(WarnAt, LeavesThatManyWholeDays) {
  EXPECT_EQ(WarnAt("2026-01-13T00:00:00Z", 0, Unit::kCalendarDays), "2026-01-13T00:00Z");
  EXPECT_EQ(WarnAt("2026-01-13T00:00:00Z", 1, Unit::kCalendarDays), "2026-01-12T00:00Z");
  EXPECT_EQ(WarnAt("2026-03-29T23:00:00Z", 1, Unit::kCalendarDays), "2026-03-29T00:00Z");
}

TEST(WarnAt, LeavesThatManyWholeWorkingDays) {
  EXPECT_EQ(WarnAt("2026-01-13T00:00:00Z", 1, Unit::kWorkingDays), "2026-01-12T00:00Z");
  EXPECT_EQ(WarnAt("2026-01-13T00:00:00Z", 2, Unit::kWorkingDays), "2026-01-09T00:00Z");
  EXPECT_EQ(WarnAt("2026-04-07T23:00:00Z", 2, Unit::kWorkingDays), "2026-04-01T23:00Z");
}

TEST(WarnAt, ClampsMonthsToTheirLastDay) {
  EXPECT_EQ(WarnAt("2026-03-31T23:00:00Z", 1, Unit::kMonths), "2026-03-01T00:00Z");
  EXPECT_EQ(WarnAt("2026-06-15T23:00:00Z", 1, Unit::kMonths), "2026-05-15T23:00Z");
}

TEST(WorkingDaysBetween, CountsNeitherTheFirstDayNorDaysOff) {
  const Calendar& calendar = EnglandAndWales();
  EXPECT_EQ(calendar.WorkingDaysBetween(At("2026-04-02T12:00:00Z"), At("2026-04-08T23:00:00Z")), 2);
  EXPECT_EQ(calendar.WorkingDaysBetween(At("2026-04-02T12:00:00Z"), At("2026-04-02T23:00:00Z")), 0);
  EXPECT_EQ(calendar.WorkingDaysBetween(At("2026-04-02T12:00:00Z"), At("2026-03-01T00:00:00Z")), 0);
}

// Instants of 2026 and 2027, by the minute.
rc::Gen<absl::Time> AnyTime() {
  return rc::gen::map(rc::gen::inRange(0, 2 * 365 * 24 * 60), [](int minutes) {
    return absl::FromCivil(absl::CivilYear(2026), absl::UTCTimeZone()) + absl::Minutes(minutes);
  });
}

rc::Gen<Unit> AnyUnit() {
  return rc::gen::element(Unit::kCalendarDays, Unit::kWorkingDays, Unit::kMonths);
}

rc::Gen<int> AnyCount() {
  return rc::gen::inRange(0, 60);
}

absl::CivilDay LastDay(absl::Time due) {
  return EnglandAndWales().DayOf(due - absl::Nanoseconds(1));
}

RC_GTEST_PROP(DueLaw, IsAlwaysALondonMidnightAfterTheAnchor, ()) {
  absl::Time anchor = *AnyTime();
  absl::Time due = EnglandAndWales().Due(anchor, {*AnyCount(), *AnyUnit()});
  RC_ASSERT(due > anchor);
  RC_ASSERT(EnglandAndWales().DayOf(due) == LastDay(due) + 1);
}

RC_GTEST_PROP(DueLaw, IsMonotoneInTheAnchor, ()) {
  absl::Time earlier = *AnyTime();
  absl::Time later = earlier + absl::Minutes(*rc::gen::inRange(0, 100'000));
  Length length{*AnyCount(), *AnyUnit()};
  RC_ASSERT(EnglandAndWales().Due(earlier, length) <= EnglandAndWales().Due(later, length));
}

RC_GTEST_PROP(DueLaw, IsMonotoneInTheCount, ()) {
  absl::Time anchor = *AnyTime();
  int count = *AnyCount();
  Unit unit = *AnyUnit();
  RC_ASSERT(EnglandAndWales().Due(anchor, {count, unit}) <=
            EnglandAndWales().Due(anchor, {count + 1, unit}));
}

RC_GTEST_PROP(DueLaw, EndsWorkingDaysOnAWorkingDay, ()) {
  absl::Time due = EnglandAndWales().Due(*AnyTime(), {*AnyCount(), Unit::kWorkingDays});
  RC_ASSERT(EnglandAndWales().IsWorkingDay(LastDay(due)));
}

RC_GTEST_PROP(DueLaw, AddsWorkingDaysInTwoStepsAsInOne, ()) {
  absl::Time anchor = *AnyTime();
  RC_PRE(EnglandAndWales().IsWorkingDay(EnglandAndWales().DayOf(anchor)));
  int first = *AnyCount();
  int second = *AnyCount();
  absl::Time halfway =
      EnglandAndWales().Due(anchor, {first, Unit::kWorkingDays}) - absl::Nanoseconds(1);
  RC_ASSERT(EnglandAndWales().Due(halfway, {second, Unit::kWorkingDays}) ==
            EnglandAndWales().Due(anchor, {first + second, Unit::kWorkingDays}));
}

RC_GTEST_PROP(WorkingDaysBetweenLaw, CountsWhatDueAdded, ()) {
  absl::Time anchor = *AnyTime();
  int count = 1 + *AnyCount();
  absl::Time due = EnglandAndWales().Due(anchor, {count, Unit::kWorkingDays});
  RC_ASSERT(EnglandAndWales().WorkingDaysBetween(anchor, due) == count);
}

RC_GTEST_PROP(WarnAtLaw, LeavesAsManyWorkingDaysAsAsked, ()) {
  int before = *AnyCount();
  absl::Time due = EnglandAndWales().Due(*AnyTime(), {*AnyCount(), Unit::kWorkingDays});
  absl::Time warn = EnglandAndWales().WarnAt(due, {before, Unit::kWorkingDays});
  RC_ASSERT(EnglandAndWales().WorkingDaysBetween(warn - absl::Nanoseconds(1), due) == before);
}

}  // namespace
}  // namespace ccfa::calendar
