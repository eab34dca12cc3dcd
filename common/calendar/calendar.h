#pragma once

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/calendar/bank_holidays.h"
#include "common/calendar/date.h"    // IWYU pragma: export
#include "common/calendar/length.h"  // IWYU pragma: export

namespace ccfa::calendar {

/// The days of one nation. A day is a Europe/London civil day; a working day is a Monday to Friday
/// that is no bank holiday. In years the bank holidays do not cover, only weekends are off.
/// Instants are finite. Safe to use from any number of threads.
class Calendar {
 public:
  /// FAILED_PRECONDITION when this machine has no time zone data.
  static absl::StatusOr<Calendar> Create(BankHolidays holidays);

  absl::CivilDay DayOf(absl::Time time) const;
  /// The first instant of a day.
  absl::Time StartOf(absl::CivilDay day) const { return absl::FromCivil(day, london_); }
  bool IsWorkingDay(absl::CivilDay day) const;

  /// When a clock that starts at `anchor` runs out: the end of its last day, that is the first
  /// instant of the London day after it. The anchor's own day is day 0 and is not counted.
  ///  - Calendar days: that many days later, working or not.
  ///  - Working days: the last day is the count-th working day after the anchor's; with a count of
  ///    0, the first working day from the anchor's own on.
  ///  - Months: the same day of the month, or the month's last where it is shorter (31 January plus
  ///    1 month is 28 or 29 February), working or not.
  absl::Time Due(absl::Time anchor, Length length) const;

  /// When to warn of `due`: the latest start of a London day from which `before` is left in full.
  /// One working day before the end of a Monday is that Monday's start. A month before the end of
  /// 31 March is the end of 28 or 29 February.
  absl::Time WarnAt(absl::Time due, Length before) const;

  /// How many days lie between them, as `WorkingDaysBetween` counts, working or not.
  int DaysBetween(absl::Time from, absl::Time due) const;

  /// How many working days a clock that starts at `from` needs to run out at `due`: those after the
  /// day of `from`, up to the last day before `due`. 0 when there are none.
  int WorkingDaysBetween(absl::Time from, absl::Time due) const;

 private:
  Calendar(BankHolidays holidays, absl::TimeZone london);

  absl::CivilDay LastDayBefore(absl::Time due) const;

  BankHolidays holidays_;
  absl::TimeZone london_;
};

}  // namespace ccfa::calendar
