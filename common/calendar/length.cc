#include "common/calendar/length.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace ccfa::calendar {
namespace {

absl::Status NoLength(absl::string_view words) {
  return absl::InvalidArgumentError(
      absl::StrCat("expected a length such as \"5 working days\", \"28 days\", \"2 weeks\" or "
                   "\"2 months\", at most ",
                   Length::kLongest, ", got \"", words, "\""));
}

}  // namespace

absl::StatusOr<Length> ParseLength(absl::string_view words) {
  std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(words, absl::MaxSplits(' ', 1));
  Length length;
  if (!absl::SimpleAtoi(parts.first, &length.count) || length.count < 0 ||
      length.count > Length::kLongest) {
    return NoLength(words);
  }
  absl::string_view unit = absl::StripSuffix(parts.second, "s");
  if (unit == "working day") {
    length.unit = Unit::kWorkingDays;
  } else if (unit == "day") {
    length.unit = Unit::kCalendarDays;
  } else if (unit == "week" && length.count <= Length::kLongest / 7) {
    length.count *= 7;
  } else if (unit == "month") {
    length.unit = Unit::kMonths;
  } else {
    return NoLength(words);
  }
  return length;
}

std::string WordsOf(Length length) {
  absl::string_view unit = length.unit == Unit::kWorkingDays ? "working day"
                           : length.unit == Unit::kMonths    ? "month"
                                                             : "day";
  return absl::StrCat(length.count, " ", unit, length.count == 1 ? "" : "s");
}

}  // namespace ccfa::calendar
