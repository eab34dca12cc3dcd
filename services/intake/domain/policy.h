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
  calendar::Length appeal = {20, calendar::Unit::kWorkingDays};
  calendar::Length decide_appeal = {15, calendar::Unit::kWorkingDays};
  calendar::Length warn_before = {1, calendar::Unit::kWorkingDays};
  /// Wording that gets told to ring 999 (DOMAIN 2.1). Lower case.
  std::array<absl::string_view, 12> emergency_wording = {
      "being attacked", "is attacking",  "has a knife",   "has a gun",
      "with a knife",   "with a gun",    "on fire now",   "unconscious",
      "not breathing",  "in danger now", "being stabbed", "breaking in now"};
};

/// A council's policy. Every council has the defaults until it can set its own.
inline const Policy& PolicyOf(absl::string_view /*council*/) {
  static const Policy policy;
  return policy;
}

/// Calls from here were screened by those who recorded them.
inline constexpr v1::Source kAcceptedAtOnce = v1::SOURCE_IMPORT;

/// How much a call may hold. They protect memory and are nobody's policy.
inline constexpr int kMostAttempts = 50;
inline constexpr int kMostEvidence = 50;
inline constexpr int kMostExchanges = 100;
inline constexpr int kMostServices = 20;

/// The kinds of clock intake runs.
inline constexpr absl::string_view kAcknowledgeClock = "acknowledge";
inline constexpr absl::string_view kScreenClock = "screen";
inline constexpr absl::string_view kAppealClock = "appeal";
inline constexpr absl::string_view kDecideAppealClock = "decide-appeal";

}  // namespace ccfa::intake
