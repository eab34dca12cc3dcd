#include "common/calendar/bank_holidays.h"

#include "common/calendar/calendar.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using ccfa::calendar::BankHolidays;
  using ccfa::calendar::Calendar;
  auto holidays = BankHolidays::Parse(ccfa::fuzz::TextOf(data, size), "england-and-wales");
  if (!holidays.ok()) return 0;
  ccfa::fuzz::Require(holidays->FirstYear() <= holidays->LastYear(), "years are in order");
  // Whatever days are off, a clock ends.
  absl::Time start = absl::FromCivil(absl::CivilDay(2026, 12, 21), absl::UTCTimeZone());
  absl::Time due =
      Calendar::Create(*std::move(holidays))->Due(start, {10, ccfa::calendar::Unit::kWorkingDays});
  ccfa::fuzz::Require(due > start, "ten working days take time");
  return 0;
}
