#include "common/geo/shape.h"

#include "absl/strings/str_cat.h"
#include "common/geo/geos.h"

namespace ccfa::geo {
namespace {

std::optional<Flaw> FindFlawInRing(const Ring& ring) {
  if (ring.size() < kFewestRingPositions) {
    return Flaw{absl::StrCat("a ring needs at least ", kFewestRingPositions, " positions, got ",
                             ring.size())};
  }
  for (size_t i = 0; i < ring.size(); ++i) {
    absl::Status point = Check(ring[i]);
    if (!point.ok()) return Flaw{.reason = std::string(point.message()), .position = i};
  }
  if (ring.front() != ring.back()) return Flaw{"a ring ends at its first position"};
  return std::nullopt;
}

std::optional<Flaw> FindFlawInPolygon(const Polygon& polygon) {
  if (polygon.empty()) return Flaw{"a polygon needs an outer ring"};
  for (size_t i = 0; i < polygon.size(); ++i) {
    std::optional<Flaw> flaw = FindFlawInRing(polygon[i]);
    if (!flaw) continue;
    flaw->ring = i;
    return flaw;
  }
  return std::nullopt;
}

size_t CountPositions(const Shape& shape) {
  size_t count = 0;
  for (const Polygon& polygon : shape) {
    for (const Ring& ring : polygon) count += ring.size();
  }
  return count;
}

}  // namespace

std::optional<Flaw> FindFlaw(const Shape& shape) {
  if (shape.empty()) return Flaw{"a shape needs a polygon"};
  if (size_t count = CountPositions(shape); count > kMostShapePositions) {
    return Flaw{absl::StrCat("at most ", kMostShapePositions, " positions, got ", count)};
  }
  for (size_t i = 0; i < shape.size(); ++i) {
    std::optional<Flaw> flaw = FindFlawInPolygon(shape[i]);
    if (!flaw) continue;
    flaw->polygon = i;
    return flaw;
  }
  // How the rings lie to each other is known for the shape as a whole only.
  std::optional<std::string> crossing = FindCrossing(*ToGeometry(shape));
  if (crossing) return Flaw{*crossing};
  return std::nullopt;
}

absl::Status Check(const Shape& shape) {
  std::optional<Flaw> flaw = FindFlaw(shape);
  if (!flaw) return absl::OkStatus();
  std::string path = "polygons";
  if (flaw->polygon) absl::StrAppend(&path, "[", *flaw->polygon, "]");
  if (flaw->ring) absl::StrAppend(&path, ".rings[", *flaw->ring, "]");
  if (flaw->position) absl::StrAppend(&path, ".positions[", *flaw->position, "]");
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", flaw->reason));
}

}  // namespace ccfa::geo
