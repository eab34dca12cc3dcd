#include "services/insight/near.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace ccfa::insight {
namespace {

intake::v1::Point At(double lat, double lon) {
  intake::v1::Point point;
  point.set_lat(lat);
  point.set_lon(lon);
  return point;
}

TEST(Distance, IsAsOnTheMap) {
  EXPECT_EQ(DistanceM(At(53.4, -2.98), At(53.4, -2.98)), 0);
  EXPECT_NEAR(DistanceM(At(53.40, -2.98), At(53.41, -2.98)), 1112, 1);
  // A degree of longitude is cos(53.4 degrees) of one of latitude.
  EXPECT_NEAR(DistanceM(At(53.4, -2.98), At(53.4, -2.97)), 663, 1);
  EXPECT_DOUBLE_EQ(DistanceM(At(53, 0), At(53, 1)), DistanceM(At(53, 1), At(53, 0)));
}

TEST(Cell, EndsAtMultiplesOfItsSideAndGoesDownBelowNought) {
  EXPECT_EQ(CellOf(At(53.401, 0.019)).lon, 0);
  EXPECT_EQ(CellOf(At(53.401, 0.021)).lon, 1);
  EXPECT_EQ(CellOf(At(53.401, -0.001)).lon, -1);
  EXPECT_EQ(CellKey("E1", "litter", {2670, -149}), "E1/litter/2670/-149");
}

TEST(Around, IsTheCellAndTheEightBesideIt) {
  std::vector<Cell> cells = Around({10, -1});
  EXPECT_EQ(cells.size(), 9);
  for (const Cell& cell : cells) {
    EXPECT_LE(std::abs(cell.lat - 10), 1);
    EXPECT_LE(std::abs(cell.lon + 1), 1);
  }
}

double Between(double least, double most) {
  return least + (most - least) * *rc::gen::inRange(0, 1'000'001) / 1e6;
}

// From Scilly to Shetland, whatever lies within a kilometre lies in the cells around.
RC_GTEST_PROP(Around, HoldsEverythingWithinAKilometreInGreatBritain, ()) {
  constexpr double kMetresPerDegree = 111'195;
  intake::v1::Point here = At(Between(49.8, 60.9), Between(-8.7, 1.8));
  double bearing = Between(0, 2 * M_PI), metres = Between(0, 999);
  intake::v1::Point there =
      At(here.lat() + metres * std::cos(bearing) / kMetresPerDegree,
         here.lon() +
             metres * std::sin(bearing) / (kMetresPerDegree * std::cos(here.lat() * M_PI / 180)));
  RC_ASSERT(std::abs(DistanceM(here, there) - metres) < 1);
  std::vector<Cell> cells = Around(CellOf(here));
  RC_ASSERT(std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.lat == CellOf(there).lat && cell.lon == CellOf(there).lon;
  }));
}

}  // namespace
}  // namespace ccfa::insight
