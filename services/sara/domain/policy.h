#pragma once

#include <string>
#include <vector>

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
  /// How long a solved problem is watched, and how near a call of the same category counts as the
  /// same thing again (F43).
  calendar::Length watch = {6, calendar::Unit::kMonths};
  double recurrence_within_m = 250;
  /// A problem that came back so often is raised.
  int raise_after_recurrences = 2;
  /// The threshold of an ASB case review (F54): so many complaints, each made so soon after the
  /// behaviour, within so long.
  int case_review_complaints = 3;
  calendar::Length case_review_made_within = {1, calendar::Unit::kMonths};
  calendar::Length case_review_within = {6, calendar::Unit::kMonths};
  std::vector<std::string> case_review_categories = {"anti-social-behaviour", "vehicle-nuisance",
                                                     "noise"};
  int most_sustain_checks = 50;
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
/// How long a solved problem is watched, by its team.
inline constexpr absl::string_view kWatchClock = "watch";

}  // namespace ccfa::sara
