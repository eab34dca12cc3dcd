#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ccfa/intake/v1/intake.pb.h"

namespace ccfa::insight {

/// A square of the map, 0.02 degrees a side: more than a kilometre each way in Great Britain.
struct Cell {
  int lat = 0;
  int lon = 0;
};

Cell CellOf(const intake::v1::Point& point);
std::string CellKey(absl::string_view council, absl::string_view category, Cell cell);
/// The cell and the eight around it: everything within a kilometre of a point in the middle one.
std::vector<Cell> Around(Cell cell);

/// Metres between two points, near enough for points a few kilometres apart.
double DistanceM(const intake::v1::Point& a, const intake::v1::Point& b);

}  // namespace ccfa::insight
