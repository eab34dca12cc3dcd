#include "common/calendar/calendar.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"

namespace ccfa::calendar {
namespace {

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  absl::CivilMonth month = absl::CivilMonth(day) + months;
  absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month) + (day.day() - 1), last);
}

int Bounded(Length length) {
  return std::clamp(length.count, 0, Length::kLongest);
}

}  // namespace

absl::StatusOr<Calendar> Calendar::Create(BankHolidays holidays) {
  absl::TimeZone london;
  if (!absl::LoadTimeZone("Europe/London", &london)) {
    return absl::FailedPreconditionError("no time zone Europe/London: install tzdata");
  }
  return Calendar(std::move(holidays), london);
}

Calendar::Calendar(BankHolidays holidays, absl::TimeZone london)
    : holidays_(std::move(holidays)), london_(london) {}

absl::CivilDay Calendar::DayOf(absl::Time time) const {
  return absl::ToCivilDay(time, london_);
}

bool Calendar::IsWorkingDay(absl::CivilDay day) const {
  absl::Weekday weekday = absl::GetWeekday(day);
  return weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday &&
         !holidays_.Contains(day);
}

absl::Time Calendar::Due(absl::Time anchor, Length length) const {
  absl::CivilDay last = DayOf(anchor);
  int count = Bounded(length);
  switch (length.unit) {
    case Unit::kCalendarDays:
      last += count;
      break;
    case Unit::kWorkingDays:
      for (; count > 0; --count) {
        do ++last;
        while (!IsWorkingDay(last));
      }
      while (!IsWorkingDay(last)) ++last;
      break;
    case Unit::kMonths:
      last = AddMonths(last, count);
      break;
  }
  return StartOf(last + 1);
}

absl::Time Calendar::WarnAt(absl::Time due, Length before) const {
  absl::CivilDay last = LastDayBefore(due);
  absl::CivilDay start = last + 1;
  int count = Bounded(before);
  switch (before.unit) {
    case Unit::kCalendarDays:
      start -= count;
      break;
    case Unit::kWorkingDays:
      for (; count > 0; --count) {
        do --start;
        while (!IsWorkingDay(start));
      }
      break;
    case Unit::kMonths:
      start = AddMonths(last, -count) + 1;
      break;
  }
  return StartOf(start);
}

int Calendar::DaysBetween(absl::Time from, absl::Time due) const {
  return static_cast<int>(std::max<absl::civil_diff_t>(LastDayBefore(due) - DayOf(from), 0));
}

int Calendar::WorkingDaysBetween(absl::Time from, absl::Time due) const {
  int count = 0;
  absl::CivilDay last = LastDayBefore(due);
  for (absl::CivilDay day = DayOf(from) + 1; day <= last; ++day) {
    if (IsWorkingDay(day)) ++count;
  }
  return count;
}

absl::CivilDay Calendar::LastDayBefore(absl::Time due) const {
  return DayOf(due - absl::Nanoseconds(1));
}

}  // namespace ccfa::calendar
