#pragma once

#include <cstdint>
#include <utility>

#include "common/geo/point.h"

namespace ccfa::geo {

/// A square of the map, by its row from the equator and its place in the row. The grid is fixed by
/// the length of a side alone.
using Square = std::pair<int64_t, int64_t>;

/// The square that a point lies in; sides are longer than nothing.
Square SquareOf(Point point, double side_m);

/// The middle of a square.
Point MiddleOf(Square square, double side_m);

}  // namespace ccfa::geo
