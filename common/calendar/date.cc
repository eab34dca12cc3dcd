#include "common/calendar/date.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace ccfa::calendar {
namespace {

// Longer text is cut before it is quoted in a message.
constexpr size_t kQuotedBytes = 20;

bool IsWrittenAsDate(absl::string_view text) {
  constexpr absl::string_view kPattern = "dddd-dd-dd";
  return text.size() == kPattern.size() &&
         std::equal(text.begin(), text.end(), kPattern.begin(), [](char c, char expected) {
           return expected == 'd' ? absl::ascii_isdigit(static_cast<unsigned char>(c))
                                  : c == expected;
         });
}

}  // namespace

absl::StatusOr<absl::CivilDay> ParseDate(absl::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!IsWrittenAsDate(text) || !absl::SimpleAtoi(text.substr(0, 4), &year) ||
      !absl::SimpleAtoi(text.substr(5, 2), &month) || !absl::SimpleAtoi(text.substr(8, 2), &day)) {
    return absl::InvalidArgumentError(absl::StrCat("expected a date as YYYY-MM-DD, got \"",
                                                   absl::CHexEscape(text.substr(0, kQuotedBytes)),
                                                   "\""));
  }
  // CivilDay carries 30 February over to 2 March: what comes back changed does not exist.
  absl::CivilDay date(year, month, day);
  if (year < 1 || date.year() != year || date.month() != month || date.day() != day) {
    return absl::InvalidArgumentError(absl::StrCat("there is no day ", text));
  }
  return date;
}

}  // namespace ccfa::calendar
