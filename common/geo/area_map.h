#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/geo/geos.h"
#include "common/geo/point.h"
#include "common/geo/prepared_shape.h"

namespace ccfa::geo {

struct Area {
  std::string id;
  std::shared_ptr<const PreparedShape> shape;
};

struct Hit {
  std::string id;
  /// To the nearest edge of that area, the edges of its holes included.
  double distance_to_edge_m = 0;
};

/// Which of many areas, which may overlap, a point lies in. Immutable, safe to use from any number
/// of threads. When one area changes, a new map of the same shapes but one is cheap.
class AreaMap {
 public:
  explicit AreaMap(std::vector<Area> areas);
  AreaMap(const AreaMap&) = delete;
  AreaMap& operator=(const AreaMap&) = delete;

  /// The areas that cover the point, inside or on an edge, by id.
  std::vector<Hit> Locate(Point point) const;

  /// The area whose edge is nearest to a point that no area covers, if one is within `within_m`;
  /// of two as near, the lower id.
  std::optional<Hit> Nearest(Point point, double within_m) const;

 private:
  // Those whose bounding box meets that of `geometry`, in no order.
  std::vector<const Area*> Candidates(const GEOSGeometry& geometry) const;

  std::vector<Area> areas_;
  TreePtr tree_;  // refers to areas_
};

}  // namespace ccfa::geo
