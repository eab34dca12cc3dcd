#include "services/routing/domain/ward_map.h"

#include <algorithm>
#include <cmath>

#include "common/core/hash.h"
#include "services/routing/domain/boundary.h"

namespace ccfa::routing {

std::shared_ptr<const geo::AreaMap> BoundaryMap::At(const state::Table<v1::Boundary>& boundaries,
                                                    uint64_t version) {
  std::lock_guard lock(mutex_);
  if (map_ && version_ == version) return map_;
  std::map<std::string, Prepared> prepared;
  std::vector<geo::Area> areas;
  boundaries.Scan("", "", [&](absl::string_view name, const v1::Boundary& boundary) {
    std::string id(name);
    uint64_t fingerprint = Fingerprint(boundary.SerializeAsString());
    auto known = prepared_.find(id);
    if (known != prepared_.end() && known->second.fingerprint == fingerprint) {
      prepared[id] = known->second;
    } else {
      absl::StatusOr<geo::Shape> shape = ToShape(boundary);
      auto made = shape.ok() ? geo::PreparedShape::Create(*std::move(shape)) : shape.status();
      if (!made.ok()) return true;  // decide let no such boundary in
      prepared[id] = {fingerprint, *made};
    }
    areas.push_back({id, prepared[id].shape});
    return true;
  });
  prepared_ = std::move(prepared);
  map_ = std::make_shared<const geo::AreaMap>(std::move(areas));
  version_ = version;
  return map_;
}

std::vector<Atlas::Map> Atlas::maps() const {
  std::vector<Map> maps;
  for (const Page& page : pages_) {
    if (Map map = page()) maps.push_back(std::move(map));
  }
  return maps;
}

bool IsDeeper(const geo::Hit& one, const geo::Hit& other) {
  auto depth_cm = [](const geo::Hit& hit) { return std::llround(hit.distance_to_edge_m * 100); };
  return std::pair(-depth_cm(one), one.id) < std::pair(-depth_cm(other), other.id);
}

std::vector<geo::Hit> DeepestFirst(const geo::AreaMap& map, geo::Point point) {
  std::vector<geo::Hit> hits = map.Locate(point);
  std::sort(hits.begin(), hits.end(), IsDeeper);
  return hits;
}

}  // namespace ccfa::routing
