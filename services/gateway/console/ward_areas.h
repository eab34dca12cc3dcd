#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/gateway/console/ask.h"

namespace ccfa::gateway::console {

/// The boundaries of a council's wards as a GeoJSON FeatureCollection (RFC 7946): name, title, and
/// href, the ward's page.
absl::StatusOr<std::string> WardsAsGeoJson(const Asker& asker, const std::string& council);

}  // namespace ccfa::gateway::console
