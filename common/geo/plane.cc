#include "common/geo/plane.h"

#include <cmath>
#include <numbers>

namespace ccfa::geo {

Scale ScaleAt(Point point) {
  constexpr double kMeanEarthRadius_m = 6'371'008.8;
  constexpr double kRadiansPerDegree = std::numbers::pi / 180;
  constexpr double kMetresPerDegree = kMeanEarthRadius_m * kRadiansPerDegree;
  return {.per_lat = kMetresPerDegree,
          .per_lon = kMetresPerDegree * std::cos(point.lat * kRadiansPerDegree)};
}

}  // namespace ccfa::geo
