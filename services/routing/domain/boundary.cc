#include "services/routing/domain/boundary.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::routing {
namespace {

constexpr double kScale = 1e7;

int32_t Scaled(double degrees) {
  return static_cast<int32_t>(std::llround(degrees * kScale));
}

// The difference of two longitudes can be more than 32 bits hold: it wraps, and back again.
int32_t Step(int32_t from, int32_t to) {
  return static_cast<int32_t>(static_cast<uint32_t>(to) - static_cast<uint32_t>(from));
}
int32_t After(int32_t from, int32_t step) {
  return static_cast<int32_t>(static_cast<uint32_t>(from) + static_cast<uint32_t>(step));
}

v1::Ring ToRing(const geo::Ring& positions) {
  v1::Ring ring;
  int32_t lat = 0, lon = 0;
  for (const geo::Point& position : positions) {
    int32_t next_lat = Scaled(position.lat), next_lon = Scaled(position.lon);
    ring.add_lat_e7(Step(lat, next_lat));
    ring.add_lon_e7(Step(lon, next_lon));
    lat = next_lat;
    lon = next_lon;
  }
  return ring;
}

geo::Ring ToPositions(const v1::Ring& ring) {
  geo::Ring positions;
  int32_t lat = 0, lon = 0;
  for (int i = 0; i < ring.lat_e7_size(); ++i) {
    lat = After(lat, ring.lat_e7(i));
    lon = After(lon, ring.lon_e7(i));
    positions.push_back({static_cast<double>(lat) / kScale, static_cast<double>(lon) / kScale});
  }
  return positions;
}

}  // namespace

v1::Boundary ToBoundary(const geo::Shape& shape) {
  v1::Boundary boundary;
  for (const auto& polygon : shape) {
    v1::Polygon& rings = *boundary.add_polygons();
    for (const auto& ring : polygon) *rings.add_rings() = ToRing(ring);
  }
  return boundary;
}

absl::StatusOr<geo::Shape> ToShape(const v1::Boundary& boundary) {
  geo::Shape shape;
  for (int p = 0; p < boundary.polygons_size(); ++p) {
    auto& polygon = shape.emplace_back();
    for (int r = 0; r < boundary.polygons(p).rings_size(); ++r) {
      const v1::Ring& ring = boundary.polygons(p).rings(r);
      if (ring.lat_e7_size() != ring.lon_e7_size()) {
        return InvalidField(absl::StrCat("ward.boundary.polygons[", p, "].rings[", r, "]"),
                            absl::StrCat("has ", ring.lat_e7_size(), " latitudes and ",
                                         ring.lon_e7_size(), " longitudes"));
      }
      polygon.push_back(ToPositions(ring));
    }
  }
  return shape;
}

}  // namespace ccfa::routing
