#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace ccfa::calendar {

/// A quarter of a calendar year, by its first month.
class Quarter {
 public:
  /// "2026-Q2". INVALID_ARGUMENT when it is written otherwise.
  static absl::StatusOr<Quarter> Parse(absl::string_view text);

  absl::CivilMonth first_month() const { return first_month_; }
  /// The first month after it.
  absl::CivilMonth end() const { return first_month_ + 3; }
  bool Has(absl::CivilMonth month) const { return first_month_ <= month && month < end(); }
  std::string Text() const;

 private:
  explicit Quarter(absl::CivilMonth first_month) : first_month_(first_month) {}

  absl::CivilMonth first_month_;
};

}  // namespace ccfa::calendar
