#include "common/geo/area_map.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "common/geo/plane.h"

namespace ccfa::geo {
namespace {

// Children of a node of the tree; what GEOS advises.
constexpr size_t kNodeCapacity = 10;

GeometryPtr BoxAround(Point point, double radius_m) {
  Scale metres = ScaleAt(point);
  double lat = radius_m / metres.per_lat;
  double lon = radius_m / metres.per_lon;
  return GeometryPtr(GEOSGeom_createRectangle_r(Geos(), point.lon - lon, point.lat - lat,
                                                point.lon + lon, point.lat + lat));
}

}  // namespace

AreaMap::AreaMap(std::vector<Area> areas)
    : areas_(std::move(areas)), tree_(GEOSSTRtree_create_r(Geos(), kNodeCapacity)) {
  for (Area& area : areas_) {
    GEOSSTRtree_insert_r(Geos(), tree_.get(), &area.shape->Geometry(), &area);
  }
  // GEOS builds the tree at the first query and without a lock: query here, before any other
  // thread can.
  Candidates(*ToGeometry(Point{}));
}

std::vector<Hit> AreaMap::Locate(Point point) const {
  std::vector<Hit> hits;
  for (const Area* area : Candidates(*ToGeometry(point))) {
    if (area->shape->Covers(point)) hits.push_back({area->id, area->shape->DistanceToEdge(point)});
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.id < b.id; });
  return hits;
}

std::optional<Hit> AreaMap::Nearest(Point point, double within_m) const {
  std::optional<Hit> nearest;
  for (const Area* area : Candidates(*BoxAround(point, within_m))) {
    double distance_m = area->shape->DistanceToEdge(point);
    if (distance_m > within_m) continue;
    if (!nearest ||
        std::tie(distance_m, area->id) < std::tie(nearest->distance_to_edge_m, nearest->id)) {
      nearest = Hit{area->id, distance_m};
    }
  }
  return nearest;
}

std::vector<const Area*> AreaMap::Candidates(const GEOSGeometry& geometry) const {
  std::vector<const Area*> found;
  auto collect = [](void* item, void* candidates) {
    static_cast<std::vector<const Area*>*>(candidates)->push_back(static_cast<const Area*>(item));
  };
  GEOSSTRtree_query_r(Geos(), tree_.get(), &geometry, collect, &found);
  return found;
}

}  // namespace ccfa::geo
