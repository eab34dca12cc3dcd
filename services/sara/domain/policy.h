#pragma once

#include <memory>

#include "absl/strings/string_view.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

/// A council's rules for problems (DOMAIN 4 and 7).
using Policy = config::v1::SaraRules;

inline std::shared_ptr<const Policy> PolicyOf(const Tables& tables, absl::string_view council) {
  return config::RulesOf(tables.rules, council, config::Defaults().sara());
}

/// Bounds of one problem.
inline constexpr int kMostCalls = 500;
inline constexpr int kMostPasses = 100;
inline constexpr int kMostSources = 100;
inline constexpr int kMostHypotheses = 100;
inline constexpr int kMostObjectives = 50;
inline constexpr int kMostActions = 200;

/// The kinds of clock sara runs: a problem's stage, owned by its team; the answer to an action and
/// the doing of it, owned by its agency.
inline constexpr absl::string_view kStageClock = "stage";
inline constexpr absl::string_view kAcceptActionClock = "accept-action";
inline constexpr absl::string_view kDueActionClock = "due-action";

}  // namespace ccfa::sara
