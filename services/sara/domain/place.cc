#include "services/sara/domain/place.h"

#include <cmath>

#include "common/geo/plane.h"

namespace ccfa::sara {

double DistanceM(const intake::v1::Point& a, const intake::v1::Point& b) {
  geo::Scale scale = geo::ScaleAt({a.lat(), a.lon()});
  return std::hypot((a.lat() - b.lat()) * scale.per_lat, (a.lon() - b.lon()) * scale.per_lon);
}

}  // namespace ccfa::sara
