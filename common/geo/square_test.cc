#include "common/geo/square.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "common/geo/near.h"

namespace ccfa::geo {
namespace {

Point AnyPoint() {
  return {*rc::gen::inRange(-8'000, 8'000) / 100.0, *rc::gen::inRange(-17'000, 17'000) / 100.0};
}

// F22
RC_GTEST_PROP(Squares, HaveTheirMiddleInThemNearEachOfTheirPoints, ()) {
  const Point point = AnyPoint();
  const double side_m = *rc::gen::inRange(250, 20'000);
  const Point middle = MiddleOf(SquareOf(point, side_m), side_m);
  RC_ASSERT(SquareOf(middle, side_m) == SquareOf(point, side_m));
  // Half a diagonal; a square is wider than that at its northern edge near a pole.
  RC_ASSERT(DistanceM(point, middle) <= side_m * 0.75);
}

// F22
TEST(Squares, OfOneSideAreTheSameForAllPointsInThem) {
  EXPECT_EQ(SquareOf({52.6313, 2.1705}, 1'000), SquareOf({52.6314, 2.1706}, 1'000));
  EXPECT_NE(SquareOf({52.6313, 2.1705}, 1'000), SquareOf({52.6413, 2.1705}, 1'000));
}

}  // namespace
}  // namespace ccfa::geo
