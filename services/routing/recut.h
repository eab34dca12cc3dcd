#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/geo/area_map.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// A council's wards as they were in a vintage, on one map: those in force that have it, and those
/// that had it before they changed or ended (F16). NOT_FOUND naming the vintages there are.
absl::StatusOr<std::unique_ptr<geo::AreaMap>> WardsOf(const Tables& tables,
                                                      absl::string_view council,
                                                      const std::string& vintage);

/// The call by another vintage's wards, beside the ward it was routed by.
v1::RecutCall Recut(const geo::AreaMap& wards, const v1::Placement& placement);

}  // namespace ccfa::routing
