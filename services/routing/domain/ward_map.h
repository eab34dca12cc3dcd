#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/geo/area_map.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// Boundaries on one map, kept in memory and made again when their version is another. A derived
/// index: it can be thrown away at any time. Thread-safe.
class BoundaryMap {
 public:
  /// The map of exactly these boundaries; the areas' ids are their names.
  std::shared_ptr<const geo::AreaMap> At(const state::Table<v1::Boundary>& boundaries,
                                         uint64_t version);

 private:
  std::mutex mutex_;
  uint64_t version_ = 0;
  std::shared_ptr<const geo::AreaMap> map_;
  /// Prepared shapes by name, with the bytes they were made from.
  struct Prepared {
    uint64_t fingerprint;
    std::shared_ptr<const geo::PreparedShape> shape;
  };
  std::map<std::string, Prepared> prepared_;
};

/// Every registered ward, and every area of other layers, on a map each. Thread-safe.
class WardMap {
 public:
  /// The wards of exactly these tables.
  std::shared_ptr<const geo::AreaMap> At(const Tables& tables) {
    return wards_.At(tables.boundaries, tables.boundary_version.Get());
  }
  /// The areas of their other layers (F15).
  std::shared_ptr<const geo::AreaMap> AreasAt(const Tables& tables) {
    return areas_.At(tables.area_boundaries, tables.boundary_version.Get());
  }

 private:
  BoundaryMap wards_, areas_;
};

/// The maps of every partition that the process follows: another council's wards may stand in
/// another partition. A call's own wards are looked up in its own partition's tables; the others
/// only tell whose the point is. Thread-safe once it is filled.
class Atlas {
 public:
  using Map = std::shared_ptr<const geo::AreaMap>;
  using Page = std::function<Map()>;

  void Add(Page page) { pages_.push_back(std::move(page)); }
  std::vector<Map> maps() const;

 private:
  std::vector<Page> pages_;
};

/// The wards that have the point, the deepest first. On a shared edge neither is deeper by more
/// than the centimetre that boundaries are kept to: then the first by name.
std::vector<geo::Hit> DeepestFirst(const geo::AreaMap& map, geo::Point point);
/// Whether the first of two hits comes first by that rule.
bool IsDeeper(const geo::Hit& one, const geo::Hit& other);

}  // namespace ccfa::routing
