#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/geo/point.h"

namespace ccfa::geo {

/// Closed: the last position is the first. Wound either way.
using Ring = std::vector<Point>;
/// The outer ring, then the holes.
using Polygon = std::vector<Ring>;
using Shape = std::vector<Polygon>;

inline constexpr size_t kFewestRingPositions = 4;
inline constexpr size_t kMostShapePositions = 2'000'000;

/// What is wrong with a shape, and with which part of it, as narrowly as is known.
struct Flaw {
  std::string reason;
  std::optional<size_t> polygon = {};
  std::optional<size_t> ring = {};
  std::optional<size_t> position = {};
};

/// The first flaw of a shape: a part that is empty, too short, too large, unclosed or off the
/// earth, or rings that cross themselves or each other. None when it bounds an area.
std::optional<Flaw> FindFlaw(const Shape& shape);

/// INVALID_ARGUMENT saying where and what the first flaw is: "polygons[0].rings[1]: ...".
absl::Status Check(const Shape& shape);

}  // namespace ccfa::geo
