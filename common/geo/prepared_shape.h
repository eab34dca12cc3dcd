#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "common/geo/geos.h"
#include "common/geo/point.h"
#include "common/geo/shape.h"

namespace ccfa::geo {

/// A shape made ready for many questions. Immutable, safe to use from any number of threads.
class PreparedShape {
 public:
  /// INVALID_ARGUMENT when the shape has a flaw: see Check(const Shape&).
  static absl::StatusOr<std::shared_ptr<const PreparedShape>> Create(Shape shape);

  /// Whether the point lies inside or on an edge.
  bool Covers(Point point) const;

  /// Metres from the point, inside or outside, to the nearest edge of an outer ring or a hole.
  /// Within 0.5% for points up to 20 km from that edge at the latitudes of the United Kingdom.
  double DistanceToEdge(Point point) const;

  const Shape& Outline() const { return shape_; }
  const GEOSGeometry& Geometry() const { return *geometry_; }

 private:
  PreparedShape(Shape shape, GeometryPtr geometry);

  Shape shape_;
  GeometryPtr geometry_;
  PreparedPtr prepared_;  // refers to geometry_
};

}  // namespace ccfa::geo
