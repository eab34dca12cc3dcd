#pragma once

#include "absl/strings/string_view.h"

namespace ccfa::routing {

/// Lengths and switches of a council, as data.
struct Policy {
  /// A point nearer to its ward's edge than this is flagged, not guessed silently (DOMAIN 3).
  double near_edge_m = 10;
  /// How many priorities a team holds at once (F24).
  int least_priorities = 3;
  int most_priorities = 5;
  int most_members = 60;
};

/// A council's policy. Every council has the defaults until it can set its own.
inline const Policy& PolicyOf(absl::string_view /*council*/) {
  static const Policy policy;
  return policy;
}

}  // namespace ccfa::routing
