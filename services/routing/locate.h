#pragma once

#include <memory>
#include <vector>

#include "ccfa/routing/v1/routing.pb.h"
#include "common/geo/area_map.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// A partition's tables and the map of its wards.
struct Layer {
  const Tables* tables;
  std::shared_ptr<const geo::AreaMap> map;
};

/// Ward, council, team, councillors and agencies of a point in one answer (F14).
v1::Location LocationOf(const std::vector<Layer>& layers, geo::Point point);

}  // namespace ccfa::routing
