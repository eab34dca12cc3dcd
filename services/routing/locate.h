#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/geo/area_map.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// A partition's tables, the map of its wards, and that of its other layers' areas.
struct Layer {
  const Tables* tables;
  std::shared_ptr<const geo::AreaMap> map;
  std::shared_ptr<const geo::AreaMap> areas;
};

/// Ward, council, team, councillors, agencies and areas of a point, or of a postcode's, in one
/// answer (F14, F15). INVALID_ARGUMENT for what is no point, NOT_FOUND for a postcode that no
/// council has registered.
absl::StatusOr<v1::Location> LocationOf(const std::vector<Layer>& layers,
                                        const v1::LocateRequest& request);

}  // namespace ccfa::routing
