#include "common/calendar/quarter.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/calendar/date.h"

namespace ccfa::calendar {
namespace {

constexpr size_t kQuotedOfQuarter = 20;

}  // namespace

absl::StatusOr<Quarter> Quarter::Parse(absl::string_view text) {
  const bool is_written_so =
      text.size() == 7 && text.substr(4, 2) == "-Q" && text[6] >= '1' && text[6] <= '4';
  absl::StatusOr<absl::CivilDay> year =
      ParseDate(absl::StrCat(is_written_so ? text.substr(0, 4) : "", "-01-01"));
  if (!year.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a quarter as \"2026-Q2\", got \"",
                     absl::CHexEscape(text.substr(0, kQuotedOfQuarter)), "\""));
  }
  return Quarter(absl::CivilMonth(*year) + 3 * (text[6] - '1'));
}

std::string Quarter::Text() const {
  return absl::StrFormat("%04d-Q%d", first_month_.year(), (first_month_.month() + 2) / 3);
}

}  // namespace ccfa::calendar
