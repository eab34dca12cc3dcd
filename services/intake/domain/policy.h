#pragma once

#include <memory>

#include "absl/strings/string_view.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

/// A council's rules for calls (DOMAIN 7).
using Policy = config::v1::IntakeRules;

inline std::shared_ptr<const Policy> PolicyOf(const Tables& tables, absl::string_view council) {
  return config::RulesOf(tables.rules, council, config::Defaults().intake());
}

/// Calls from here were screened by those who recorded them.
inline constexpr v1::Source kAcceptedAtOnce = v1::SOURCE_IMPORT;

/// How much a call may hold. They protect memory and are nobody's policy.
inline constexpr int kMostAttempts = 50;
inline constexpr int kMostEvidence = 50;
inline constexpr int kMostExchanges = 100;
inline constexpr int kMostServices = 20;
inline constexpr int kMostThread = 100;
inline constexpr size_t kMostRecalled = 100;
inline constexpr size_t kPurposeBytes = 200;
inline constexpr size_t kHowAskedBytes = 200;

/// The kinds of clock intake runs.
inline constexpr absl::string_view kAcknowledgeClock = "acknowledge";
inline constexpr absl::string_view kScreenClock = "screen";
inline constexpr absl::string_view kAppealClock = "appeal";
inline constexpr absl::string_view kDecideAppealClock = "decide-appeal";
inline constexpr absl::string_view kCouncillorAnswerClock = "councillor-answer";
/// At its end the caller of a call that has ended is erased.
inline constexpr absl::string_view kRetentionClock = "retention";

}  // namespace ccfa::intake
