#include "common/geo/near.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace ccfa::geo {
namespace {

TEST(Distance, IsAsOnTheMap) {
  EXPECT_EQ(DistanceM({53.4, -2.98}, {53.4, -2.98}), 0);
  EXPECT_NEAR(DistanceM({53.40, -2.98}, {53.41, -2.98}), 1112, 1);
  // A degree of longitude is cos(53.4 degrees) of one of latitude.
  EXPECT_NEAR(DistanceM({53.4, -2.98}, {53.4, -2.97}), 663, 1);
  EXPECT_DOUBLE_EQ(DistanceM({53, 0}, {53, 1}), DistanceM({53, 1}, {53, 0}));
}

TEST(Cell, EndsAtMultiplesOfItsSideAndGoesDownBelowNought) {
  EXPECT_EQ(CellOf({53.401, 0.019}).lon, 0);
  EXPECT_EQ(CellOf({53.401, 0.021}).lon, 1);
  EXPECT_EQ(CellOf({53.401, -0.001}).lon, -1);
}

TEST(CellsAround, AreFewForAShortWay) {
  // In the middle of a cell, and in a corner of four.
  EXPECT_THAT(CellsAround({53.41, -2.97}, 250), ::testing::ElementsAre(Cell{2670, -149}));
  EXPECT_EQ(CellsAround({53.40001, -2.98001}, 250).size(), 4);
}

double Between(double least, double most) {
  return least + (most - least) * *rc::gen::inRange(0, 1'000'001) / 1e6;
}

// From Scilly to Shetland, whatever lies so near lies in the cells around.
RC_GTEST_PROP(CellsAround, HoldEverythingThatNearInGreatBritain, ()) {
  constexpr double kMetresPerDegree = 111'195;
  Point here{Between(49.8, 60.9), Between(-8.7, 1.8)};
  double bearing = Between(0, 2 * M_PI), metres = Between(0, 5000);
  Point there{
      here.lat + metres * std::cos(bearing) / kMetresPerDegree,
      here.lon + metres * std::sin(bearing) / (kMetresPerDegree * std::cos(here.lat * M_PI / 180))};
  RC_ASSERT(std::abs(DistanceM(here, there) - metres) < 10);
  std::vector<Cell> cells = CellsAround(here, metres);
  RC_ASSERT(std::count(cells.begin(), cells.end(), CellOf(there)) == 1);
}

}  // namespace
}  // namespace ccfa::geo
