#include "common/geo/shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "common/geo/given.h"

namespace ccfa::geo {
namespace {

using ::testing::HasSubstr;

std::string FlawOf(const Shape& shape) {
  return std::string(Check(shape).message());
}

TEST(CheckShape, AcceptsHolesAndSeveralPolygons) {
  Shape shape = {{Box(53, -3, 1), Box(53.2, -2.8, 0.1)}, {Box(55, -3, 1)}};
  EXPECT_TRUE(Check(shape).ok()) << Check(shape);
}

TEST(CheckShape, AcceptsRingsWoundEitherWay) {
  Ring outer = Box(53, -3, 1);
  Ring hole = Box(53.2, -2.8, 0.1);
  EXPECT_TRUE(Check(Shape{{outer, hole}}).ok());
  std::reverse(outer.begin(), outer.end());
  EXPECT_TRUE(Check(Shape{{outer, hole}}).ok());
  std::reverse(hole.begin(), hole.end());
  EXPECT_TRUE(Check(Shape{{outer, hole}}).ok());
}

TEST(CheckShape, NamesThePartThatIsWrong) {
  Ring box = Box(53, -3, 1);
  Ring unclosed = box;
  unclosed.pop_back();
  Ring off_the_earth = box;
  off_the_earth[2].lat = 91;
  Ring not_a_number = box;
  not_a_number[1].lon = std::numeric_limits<double>::quiet_NaN();

  EXPECT_THAT(FlawOf({}), HasSubstr("polygons: a shape needs a polygon"));
  EXPECT_THAT(FlawOf({{box}, {}}), HasSubstr("polygons[1]: a polygon needs an outer ring"));
  EXPECT_THAT(FlawOf({{box, {}}}), HasSubstr("polygons[0].rings[1]: a ring needs at least 4"));
  EXPECT_THAT(FlawOf({{unclosed}}), HasSubstr("polygons[0].rings[0]: a ring ends at its first"));
  EXPECT_THAT(FlawOf({{off_the_earth}}), HasSubstr("polygons[0].rings[0].positions[2]: lat: "));
  EXPECT_THAT(FlawOf({{not_a_number}}), HasSubstr("polygons[0].rings[0].positions[1]: lon: "));
  EXPECT_THAT(FlawOf({{Box(-3, 53, 1)}}), HasSubstr("positions[0]: lat -3 and lon 53 look swap"));
}

TEST(CheckShape, SaysWhereRingsCross) {
  Ring bow_tie = {{53, -3}, {54, -2}, {54, -3}, {53, -2}, {53, -3}};
  EXPECT_THAT(FlawOf({{bow_tie}}), HasSubstr("Self-intersection at lat 53.5, lon -2.5"));
  EXPECT_THAT(FlawOf({{Box(53, -3, 1), Box(55, -3, 0.1)}}), HasSubstr("Hole lies outside shell"));
  EXPECT_THAT(FlawOf({{Box(53, -3, 1)}, {Box(53.5, -3, 1)}}), HasSubstr("polygons: Self-inters"));
}

TEST(CheckShape, RefusesRingsWithoutArea) {
  Ring line = {{53, -3}, {54, -3}, {53, -3}, {54, -3}, {53, -3}};
  Ring place = {{53, -3}, {53, -3}, {53, -3}, {53, -3}};
  EXPECT_FALSE(Check(Shape{{line}}).ok());
  EXPECT_FALSE(Check(Shape{{place}}).ok());
}

TEST(CheckShape, RefusesTooManyPositions) {
  Ring long_ring(kMostShapePositions + 1, Point{53, -3});
  EXPECT_THAT(FlawOf({{long_ring}}), HasSubstr("polygons: at most 2000000 positions, got 2000001"));
}

}  // namespace
}  // namespace ccfa::geo
