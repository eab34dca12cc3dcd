#pragma once

#include "ccfa/intake/v1/intake.pb.h"

namespace ccfa::sara {

/// Metres between two points, near enough for points a few kilometres apart.
double DistanceM(const intake::v1::Point& a, const intake::v1::Point& b);

}  // namespace ccfa::sara
