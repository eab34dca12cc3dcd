#pragma once

#include "absl/status/status.h"

namespace ccfa::geo {

/// A place on the earth in degrees, WGS84.
struct Point {
  double lat = 0;
  double lon = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

/// INVALID_ARGUMENT naming `lat` or `lon` when it is no number, out of range, or when both look
/// swapped for a place in Great Britain.
absl::Status Check(Point point);

}  // namespace ccfa::geo
