#include "common/geo/geos.h"

#include <vector>

#include "absl/strings/str_cat.h"

namespace ccfa::geo {
namespace {

class Context {
 public:
  Context() : handle_(GEOS_init_r()) {}
  ~Context() { GEOS_finish_r(handle_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  GEOSContextHandle_t Handle() const { return handle_; }

 private:
  GEOSContextHandle_t handle_;
};

GeometryPtr ToGeometry(const Ring& ring) {
  GEOSCoordSequence* positions =
      GEOSCoordSeq_create_r(Geos(), static_cast<unsigned>(ring.size()), /*dims=*/2);
  for (size_t i = 0; i < ring.size(); ++i) {
    GEOSCoordSeq_setXY_r(Geos(), positions, static_cast<unsigned>(i), ring[i].lon, ring[i].lat);
  }
  return GeometryPtr(GEOSGeom_createLinearRing_r(Geos(), positions));
}

GeometryPtr ToGeometry(const Polygon& polygon) {
  std::vector<GEOSGeometry*> holes;
  holes.reserve(polygon.size() - 1);
  for (size_t i = 1; i < polygon.size(); ++i) holes.push_back(ToGeometry(polygon[i]).release());
  return GeometryPtr(GEOSGeom_createPolygon_r(Geos(), ToGeometry(polygon.front()).release(),
                                              holes.data(), static_cast<unsigned>(holes.size())));
}

}  // namespace

GEOSContextHandle_t Geos() {
  thread_local const Context context;
  return context.Handle();
}

GeometryPtr ToGeometry(Point point) {
  return GeometryPtr(GEOSGeom_createPointFromXY_r(Geos(), point.lon, point.lat));
}

GeometryPtr ToGeometry(const Shape& shape) {
  std::vector<GEOSGeometry*> polygons;
  polygons.reserve(shape.size());
  for (const Polygon& polygon : shape) polygons.push_back(ToGeometry(polygon).release());
  return GeometryPtr(GEOSGeom_createCollection_r(Geos(), GEOS_MULTIPOLYGON, polygons.data(),
                                                 static_cast<unsigned>(polygons.size())));
}

std::optional<std::string> FindCrossing(const GEOSGeometry& geometry) {
  char* reason = nullptr;
  GEOSGeometry* location = nullptr;
  char valid = GEOSisValidDetail_r(Geos(), &geometry, /*flags=*/0, &reason, &location);
  GeometryPtr place(location);
  if (valid == 1) return std::nullopt;
  std::string found = reason ? reason : "invalid geometry";
  GEOSFree_r(Geos(), reason);
  double lat = 0;
  double lon = 0;
  if (place && GEOSGeomGetY_r(Geos(), place.get(), &lat) == 1 &&
      GEOSGeomGetX_r(Geos(), place.get(), &lon) == 1) {
    absl::StrAppend(&found, " at lat ", lat, ", lon ", lon);
  }
  return found;
}

}  // namespace ccfa::geo
