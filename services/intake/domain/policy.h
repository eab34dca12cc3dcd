#pragma once

#include <array>

#include "absl/strings/string_view.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/calendar/calendar.h"

namespace ccfa::intake {

/// Lengths and switches of a council (DOMAIN 7), as data.
struct Policy {
  calendar::Length acknowledge = {5, calendar::Unit::kWorkingDays};
  calendar::Length screen = {10, calendar::Unit::kWorkingDays};
  calendar::Length warn_before = {1, calendar::Unit::kWorkingDays};
  /// Calls from here were screened by those who recorded them.
  v1::Source accepted_at_once = v1::SOURCE_IMPORT;
  /// Wording that gets told to ring 999 (DOMAIN 2.1). Lower case.
  std::array<absl::string_view, 12> emergency_wording = {
      "being attacked", "is attacking",  "has a knife",   "has a gun",
      "with a knife",   "with a gun",    "on fire now",   "unconscious",
      "not breathing",  "in danger now", "being stabbed", "breaking in now"};
  int most_attempts = 50;
  int most_evidence = 50;
};

/// A council's policy. Every council has the defaults until it can set its own.
inline const Policy& PolicyOf(absl::string_view /*council*/) {
  static const Policy policy;
  return policy;
}

/// The kinds of clock intake runs.
inline constexpr absl::string_view kAcknowledgeClock = "acknowledge";
inline constexpr absl::string_view kScreenClock = "screen";

}  // namespace ccfa::intake
