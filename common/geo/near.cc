#include "common/geo/near.h"

#include <algorithm>
#include <cmath>

namespace ccfa::geo {
namespace {

constexpr double kCellDegrees = 0.02;
constexpr double kMetresPerDegree = 111'195;
constexpr double kRadiansPerDegree = M_PI / 180;
/// Nearer to the poles than this, a degree of longitude is taken to be no shorter.
constexpr double kLeastCos = 0.1;
/// What the map's bending takes from a distance, generously.
constexpr double kMarginM = 10;

double CosOf(double lat) {
  return std::max(std::cos(lat * kRadiansPerDegree), kLeastCos);
}

}  // namespace

Cell CellOf(Point point) {
  return {static_cast<int>(std::floor(point.lat / kCellDegrees)),
          static_cast<int>(std::floor(point.lon / kCellDegrees))};
}

std::vector<Cell> CellsAround(Point point, double metres) {
  double north = (metres + kMarginM) / kMetresPerDegree;
  double east = north / CosOf(std::abs(point.lat) + north);
  Cell first = CellOf({point.lat - north, point.lon - east});
  Cell last = CellOf({point.lat + north, point.lon + east});
  std::vector<Cell> cells;
  for (int lat = first.lat; lat <= last.lat; ++lat) {
    for (int lon = first.lon; lon <= last.lon; ++lon) cells.push_back({lat, lon});
  }
  return cells;
}

double DistanceM(Point a, Point b) {
  double north = (a.lat - b.lat) * kMetresPerDegree;
  double east = (a.lon - b.lon) * kMetresPerDegree * CosOf((a.lat + b.lat) / 2);
  return std::hypot(north, east);
}

}  // namespace ccfa::geo
