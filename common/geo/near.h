#pragma once

#include <vector>

#include "common/geo/point.h"

namespace ccfa::geo {

/// A square of the map, 0.02 degrees a side: two kilometres from north to south, and more than one
/// from east to west in Great Britain.
struct Cell {
  int lat = 0;
  int lon = 0;

  friend bool operator==(const Cell&, const Cell&) = default;
};

Cell CellOf(Point point);

/// The cells that hold everything within so many metres of a point.
std::vector<Cell> CellsAround(Point point, double metres);

/// Metres between two points, near enough for points a few kilometres apart.
double DistanceM(Point a, Point b);

}  // namespace ccfa::geo
