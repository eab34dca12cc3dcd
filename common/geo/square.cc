#include "common/geo/square.h"

#include <cmath>

namespace ccfa::geo {
namespace {

constexpr double kMetresPerDegree = 111'195;
constexpr double kRadiansPerDegree = M_PI / 180;

double HeightOf(double side_m) {
  return side_m / kMetresPerDegree;
}

/// A row of squares has one width, that of its southern edge.
double WidthIn(int64_t row, double side_m) {
  const double south = static_cast<double>(row) * HeightOf(side_m);
  return HeightOf(side_m) / std::cos(south * kRadiansPerDegree);
}

}  // namespace

Square SquareOf(Point point, double side_m) {
  const auto row = static_cast<int64_t>(std::floor(point.lat / HeightOf(side_m)));
  return {row, static_cast<int64_t>(std::floor(point.lon / WidthIn(row, side_m)))};
}

Point MiddleOf(Square square, double side_m) {
  const auto [row, column] = square;
  return {(static_cast<double>(row) + 0.5) * HeightOf(side_m),
          (static_cast<double>(column) + 0.5) * WidthIn(row, side_m)};
}

}  // namespace ccfa::geo
