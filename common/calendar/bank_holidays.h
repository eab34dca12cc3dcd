#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace ccfa::calendar {

/// The bank holidays of one nation, from the file that gov.uk publishes. Immutable.
class BankHolidays {
 public:
  /// Reads one division ("england-and-wales", "scotland", "northern-ireland") of the file.
  /// INVALID_ARGUMENT naming the place in the file when it is not JSON of that shape, lacks the
  /// division or any holiday of it, or holds a date that does not exist.
  static absl::StatusOr<BankHolidays> Parse(absl::string_view json, absl::string_view division);

  /// No holiday of any year: only weekends are off.
  static BankHolidays None() { return BankHolidays({}); }

  bool Contains(absl::CivilDay day) const;

  /// The years a file covers, not of None(). Outside them no holiday is known.
  absl::civil_year_t FirstYear() const { return days_.front().year(); }
  absl::civil_year_t LastYear() const { return days_.back().year(); }

 private:
  explicit BankHolidays(std::vector<absl::CivilDay> days);

  std::vector<absl::CivilDay> days_;  // ascending
};

}  // namespace ccfa::calendar
