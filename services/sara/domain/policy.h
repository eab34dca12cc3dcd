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
inline constexpr int kMostPasses = 40;
inline constexpr int kMostSources = 100;
inline constexpr int kMostHypotheses = 20;
inline constexpr int kMostObjectives = 20;
inline constexpr int kMostActions = 200;
inline constexpr int kMostHolders = 20;
/// The trail goes up with the problem in one event; beyond this its oldest entries go, which the
/// events keep.
inline constexpr int kMostTrail = 1'000;
inline constexpr int kMostCandidates = 500;
/// Bounds of one meeting of a team.
inline constexpr int kMostAttendees = 100;
inline constexpr int kMostDecisions = 100;
inline constexpr int kMostLogItems = 200;
inline constexpr int kMostInvitations = 20;
inline constexpr int kMostCommitments = 50;
inline constexpr int kMostSustainChecks = 50;

/// The kinds of clock sara runs: a problem's stage, owned by its team; the answer to an action and
/// the doing of it, owned by its agency.
inline constexpr absl::string_view kStageClock = "stage";
inline constexpr absl::string_view kAcceptActionClock = "accept-action";
inline constexpr absl::string_view kDueActionClock = "due-action";
/// From the end of the day an action was due: what its agency may be late.
inline constexpr absl::string_view kOverdueActionClock = "overdue-action";
/// Until a team looks at its priorities again.
inline constexpr absl::string_view kReviewClock = "review-priorities";
/// How long a solved problem is watched, by its team.
inline constexpr absl::string_view kWatchClock = "watch";

}  // namespace ccfa::sara
