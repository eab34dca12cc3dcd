#pragma once

#include "common/geo/point.h"

namespace ccfa::geo {

/// Metres in a degree near a point: an equirectangular projection of the mean sphere.
struct Scale {
  double per_lat = 0;
  double per_lon = 0;
};

Scale ScaleAt(Point point);

}  // namespace ccfa::geo
