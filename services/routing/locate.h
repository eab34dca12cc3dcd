#pragma once

#include "ccfa/routing/v1/routing.pb.h"
#include "common/geo/area_map.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// Ward, council, team, councillors and agencies of a point in one answer (F14).
v1::Location LocationOf(const Tables& tables, const geo::AreaMap& map, geo::Point point);

}  // namespace ccfa::routing
