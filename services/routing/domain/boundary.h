#pragma once

#include "absl/status/statusor.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/geo/shape.h"

namespace ccfa::routing {

/// A boundary as events carry it, and as geometry. Positions are kept to 1e-7 degrees, about a
/// centimetre, so that to and fro changes nothing more.
v1::Boundary ToBoundary(const geo::Shape& shape);

/// INVALID_ARGUMENT naming the polygon and ring when the numbers do not pair up.
absl::StatusOr<geo::Shape> ToShape(const v1::Boundary& boundary);

}  // namespace ccfa::routing
