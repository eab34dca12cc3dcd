#pragma once

#include <vector>

#include "ccfa/insight/v1/analysis.pb.h"
#include "services/insight/incidents.h"

namespace ccfa::insight {

/// Where it happens again and again: incidents at one point, or in one square of the map, counted
/// (F20). The most repeated first; of as many, the one in more months, then the more southern.
v1::FindRepeatPlacesResponse RepeatPlacesOf(const std::vector<Incident>& incidents, double square_m,
                                            int least, int limit);

}  // namespace ccfa::insight
