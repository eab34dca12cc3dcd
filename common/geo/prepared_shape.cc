#include "common/geo/prepared_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "common/geo/plane.h"

namespace ccfa::geo {
namespace {

struct Offset {
  double x;
  double y;
};

double Dot(Offset a, Offset b) {
  return a.x * b.x + a.y * b.y;
}

// From the origin to the segment from `a` to `b`. Beyond an end it is that to the end itself, to
// the last bit, so that areas that share a vertex are equally near.
double SquaredDistance(Offset a, Offset b) {
  Offset step = {b.x - a.x, b.y - a.y};
  double along = -Dot(a, step);
  double length = Dot(step, step);
  if (along <= 0) return Dot(a, a);
  if (along >= length) return Dot(b, b);
  double share = along / length;
  Offset nearest = {a.x + share * step.x, a.y + share * step.y};
  return Dot(nearest, nearest);
}

double SquaredDistance(const Ring& ring, Point point, Scale metres) {
  auto offset = [&](Point position) {
    return Offset{(position.lon - point.lon) * metres.per_lon,
                  (position.lat - point.lat) * metres.per_lat};
  };
  double least = std::numeric_limits<double>::infinity();
  Offset start = offset(ring.front());
  for (size_t i = 1; i < ring.size(); ++i) {
    Offset end = offset(ring[i]);
    least = std::min(least, SquaredDistance(start, end));
    start = end;
  }
  return least;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const PreparedShape>> PreparedShape::Create(Shape shape) {
  if (absl::Status checked = Check(shape); !checked.ok()) return checked;
  GeometryPtr geometry = ToGeometry(shape);
  return std::shared_ptr<const PreparedShape>(
      new PreparedShape(std::move(shape), std::move(geometry)));
}

PreparedShape::PreparedShape(Shape shape, GeometryPtr geometry)
    : shape_(std::move(shape)),
      geometry_(std::move(geometry)),
      prepared_(GEOSPrepare_r(Geos(), geometry_.get())) {
  // GEOS builds its indexes at the first question and without a lock: ask it here, of a point
  // inside, before any other thread can.
  GeometryPtr inside(GEOSPointOnSurface_r(Geos(), geometry_.get()));
  GEOSPreparedCovers_r(Geos(), prepared_.get(), inside.get());
}

bool PreparedShape::Covers(Point point) const {
  return GEOSPreparedCovers_r(Geos(), prepared_.get(), ToGeometry(point).get()) == 1;
}

double PreparedShape::DistanceToEdge(Point point) const {
  Scale metres = ScaleAt(point);
  double least = std::numeric_limits<double>::infinity();
  for (const Polygon& polygon : shape_) {
    for (const Ring& ring : polygon) least = std::min(least, SquaredDistance(ring, point, metres));
  }
  return std::sqrt(least);
}

}  // namespace ccfa::geo
