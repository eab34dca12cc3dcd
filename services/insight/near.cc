#include "services/insight/near.h"

#include <cmath>

#include "absl/strings/str_cat.h"

namespace ccfa::insight {
namespace {

constexpr double kCellDegrees = 0.02;
constexpr double kMetresPerDegree = 111'195;
constexpr double kRadiansPerDegree = M_PI / 180;

}  // namespace

Cell CellOf(const intake::v1::Point& point) {
  return {static_cast<int>(std::floor(point.lat() / kCellDegrees)),
          static_cast<int>(std::floor(point.lon() / kCellDegrees))};
}

std::string CellKey(absl::string_view council, absl::string_view category, Cell cell) {
  return absl::StrCat(council, "/", category, "/", cell.lat, "/", cell.lon);
}

std::vector<Cell> Around(Cell cell) {
  std::vector<Cell> cells;
  for (int lat = -1; lat <= 1; ++lat) {
    for (int lon = -1; lon <= 1; ++lon) cells.push_back({cell.lat + lat, cell.lon + lon});
  }
  return cells;
}

double DistanceM(const intake::v1::Point& a, const intake::v1::Point& b) {
  double north = (a.lat() - b.lat()) * kMetresPerDegree;
  double east = (a.lon() - b.lon()) * kMetresPerDegree *
                std::cos((a.lat() + b.lat()) / 2 * kRadiansPerDegree);
  return std::hypot(north, east);
}

}  // namespace ccfa::insight
