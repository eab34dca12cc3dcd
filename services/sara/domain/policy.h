#pragma once

#include "absl/strings/string_view.h"
#include "common/calendar/calendar.h"

namespace ccfa::sara {

/// Lengths and thresholds of a council (DOMAIN 4 and 7), as data.
struct Policy {
  calendar::Length stage = {28, calendar::Unit::kCalendarDays};
  calendar::Length accept_action = {5, calendar::Unit::kWorkingDays};
  /// How long an action may be overdue before the problem is raised (F29).
  calendar::Length overdue_grace = {10, calendar::Unit::kWorkingDays};
  calendar::Length warn_before = {2, calendar::Unit::kWorkingDays};
  /// Independent sources, of different kinds, that analysis needs before a response (F36).
  int least_sources = 2;
  int most_calls = 500;
  int most_passes = 40;
  int most_sources = 100;
  int most_hypotheses = 20;
  int most_objectives = 20;
  int most_actions = 200;
  int most_holders = 20;
  int most_commitments = 50;
};

/// A council's policy. Every council has the defaults until it can set its own.
inline const Policy& PolicyOf(absl::string_view /*council*/) {
  static const Policy policy;
  return policy;
}

/// The kinds of clock sara runs: a problem's stage, owned by its team; the answer to an action and
/// the doing of it, owned by its agency.
inline constexpr absl::string_view kStageClock = "stage";
inline constexpr absl::string_view kAcceptActionClock = "accept-action";
inline constexpr absl::string_view kDueActionClock = "due-action";
/// From the end of the day an action was due: what its agency may be late.
inline constexpr absl::string_view kOverdueActionClock = "overdue-action";

}  // namespace ccfa::sara
