#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/geo/shape.h"

namespace ccfa::geo {

struct Feature {
  /// Those properties that are strings or numbers, the numbers as text.
  std::map<std::string, std::string> properties;
  Shape shape;
};

/// Bounds of a file: they keep what a hostile one can cost in memory near to its own size.
inline constexpr size_t kMostGeoJsonBytes = size_t{256} << 20;
inline constexpr size_t kMostGeoJsonDepth = 16;
inline constexpr size_t kMostGeoJsonValues = 20'000'000;

/// The features of a GeoJSON FeatureCollection (RFC 7946) of Polygons and MultiPolygons, in its
/// order. Rings may be wound either way; altitudes are dropped. INVALID_ARGUMENT naming the place
/// in the file when it is not that, exceeds a bound, or a shape has a flaw (see FindFlaw).
absl::StatusOr<std::vector<Feature>> ParseGeoJson(absl::string_view text);

}  // namespace ccfa::geo
