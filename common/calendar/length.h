#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::calendar {

enum class Unit { kCalendarDays, kWorkingDays, kMonths };

/// How long a statutory clock runs, as a council writes it: {10, Unit::kWorkingDays}.
/// A count outside 0..kLongest is taken as the nearer of the two.
struct Length {
  int count = 0;
  Unit unit = Unit::kCalendarDays;

  static constexpr int kLongest = 10'000;

  bool operator==(const Length&) const = default;
};

/// A length in words: "5 working days", "28 days", "2 weeks", "2 months". INVALID_ARGUMENT says
/// what was expected.
absl::StatusOr<Length> ParseLength(absl::string_view words);

/// "1 working day", "28 days", "2 months".
std::string WordsOf(Length length);

}  // namespace ccfa::calendar
