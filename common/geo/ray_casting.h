#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/geo/shape.h"

// For tests only: an answer that shares no code with the one under test.
namespace ccfa::geo {

/// Whether a ray to the east crosses the edges of the shape an odd number of times.
inline bool IsInsideByRayCasting(const Shape& shape, Point point) {
  bool inside = false;
  for (const Polygon& polygon : shape) {
    for (const Ring& ring : polygon) {
      for (size_t i = 0; i + 1 < ring.size(); ++i) {
        Point a = ring[i];
        Point b = ring[i + 1];
        if ((a.lat > point.lat) == (b.lat > point.lat)) continue;
        double crossing = a.lon + (point.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon);
        if (point.lon < crossing) inside = !inside;
      }
    }
  }
  return inside;
}

/// Degrees to the nearest edge, as if the degrees were a plane.
inline double DegreesToEdge(const Shape& shape, Point point) {
  double least = std::numeric_limits<double>::infinity();
  for (const Polygon& polygon : shape) {
    for (const Ring& ring : polygon) {
      for (size_t i = 0; i + 1 < ring.size(); ++i) {
        Point a = ring[i];
        Point b = ring[i + 1];
        double length = std::hypot(b.lat - a.lat, b.lon - a.lon);
        double along =
            length == 0
                ? 0
                : ((point.lat - a.lat) * (b.lat - a.lat) + (point.lon - a.lon) * (b.lon - a.lon)) /
                      (length * length);
        along = std::clamp(along, 0.0, 1.0);
        least = std::min(least, std::hypot(point.lat - a.lat - along * (b.lat - a.lat),
                                           point.lon - a.lon - along * (b.lon - a.lon)));
      }
    }
  }
  return least;
}

}  // namespace ccfa::geo
