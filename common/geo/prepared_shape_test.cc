#include "common/geo/prepared_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "common/geo/given.h"

namespace ccfa::geo {
namespace {

using ::testing::HasSubstr;

// On the mean sphere: 111,195.08 m in a degree of latitude; of longitude at 53.5 north, where the
// cosine is 0.594823, 66,141.4 m.
constexpr double kDegreeOfLat_m = 111'195.08;
constexpr double kDegreeOfLonAt53_5_m = 66'141.4;

std::shared_ptr<const PreparedShape> Prepared(Shape shape) {
  return *PreparedShape::Create(std::move(shape));
}

TEST(PreparedShape, RefusesAFlaw) {
  absl::Status status = PreparedShape::Create(Shape{{Ring{}}}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("polygons[0].rings[0]: "));
}

TEST(PreparedShape, CoversInsideEdgesAndVertices) {
  auto box = Prepared({{Box(53, -3, 1)}});
  EXPECT_TRUE(box->Covers({53.5, -2.5}));
  EXPECT_TRUE(box->Covers({53, -2.5}));
  EXPECT_TRUE(box->Covers({53.5, -2}));
  EXPECT_TRUE(box->Covers({54, -3}));
  EXPECT_FALSE(box->Covers({54.0000001, -3}));
  EXPECT_FALSE(box->Covers({52.9, -2.5}));
}

TEST(PreparedShape, CoversTheEdgeOfAHoleButNotTheHole) {
  auto ring = Prepared({{Box(53, -3, 1), Box(53.25, -2.75, 0.5)}});
  EXPECT_TRUE(ring->Covers({53.1, -2.9}));
  EXPECT_TRUE(ring->Covers({53.25, -2.5}));
  EXPECT_FALSE(ring->Covers({53.5, -2.5}));
}

TEST(PreparedShape, CoversEveryPolygon) {
  auto islands = Prepared({{Box(53, -3, 0.1)}, {Box(54, -3, 0.1)}});
  EXPECT_TRUE(islands->Covers({53.05, -2.95}));
  EXPECT_TRUE(islands->Covers({54.05, -2.95}));
  EXPECT_FALSE(islands->Covers({53.5, -2.95}));
}

TEST(PreparedShape, CoversTheSameHoweverItIsWound) {
  Ring reversed = Box(53, -3, 1);
  std::reverse(reversed.begin(), reversed.end());
  auto box = Prepared({{reversed}});
  EXPECT_TRUE(box->Covers({53.5, -2.5}));
  EXPECT_FALSE(box->Covers({52.5, -2.5}));
  EXPECT_NEAR(box->DistanceToEdge({53.99, -2.5}), 0.01 * kDegreeOfLat_m, 0.01);
}

TEST(DistanceToEdge, IsInMetresNorthAndEast) {
  auto box = Prepared({{Box(53, -3, 1)}});
  EXPECT_NEAR(box->DistanceToEdge({53.01, -2.5}), 0.01 * kDegreeOfLat_m, 0.01);
  EXPECT_NEAR(box->DistanceToEdge({53.5, -2.99}), 0.01 * kDegreeOfLonAt53_5_m, 0.01);
}

TEST(DistanceToEdge, IsThatOfTheEarthWithinHalfAPercent) {
  // On the WGS84 ellipsoid, 0.1 degrees are 11,130.4 m north and 6,635.9 m east.
  auto box = Prepared({{Box(53, -3, 1)}});
  EXPECT_NEAR(box->DistanceToEdge({53.9, -2.5}) / 11'130.4, 1, 0.005);
  EXPECT_NEAR(box->DistanceToEdge({53.5, -2.1}) / 6'635.9, 1, 0.005);
}

TEST(DistanceToEdge, CountsFromOutsideAndFromCorners) {
  auto box = Prepared({{Box(53, -3, 0.5)}});
  EXPECT_NEAR(box->DistanceToEdge({53.6, -2.75}), 0.1 * kDegreeOfLat_m, 0.1);
  // 0.003 degrees north and 0.004 east of the corner at 53.5, -2.5.
  EXPECT_NEAR(box->DistanceToEdge({53.503, -2.496}),
              std::hypot(0.003 * kDegreeOfLat_m, 0.004 * kDegreeOfLonAt53_5_m), 0.1);
}

TEST(DistanceToEdge, IsNothingOnAnEdgeAndOnAVertex) {
  auto box = Prepared({{Box(53, -3, 1)}});
  EXPECT_EQ(box->DistanceToEdge({53, -2.5}), 0);
  EXPECT_EQ(box->DistanceToEdge({54, -3}), 0);
}

TEST(DistanceToEdge, ReachesTheEdgeOfAHole) {
  auto ring = Prepared({{Box(53, -3, 1), Box(53.25, -2.75, 0.5)}});
  EXPECT_NEAR(ring->DistanceToEdge({53.24, -2.5}), 0.01 * kDegreeOfLat_m, 0.01);
}

TEST(DistanceToEdge, PassesOverPositionsThatRepeat) {
  Ring repeated = Box(53, -3, 1);
  repeated.insert(repeated.begin() + 1, repeated[1]);
  auto box = Prepared({{repeated}});
  EXPECT_NEAR(box->DistanceToEdge({53.01, -2.5}), 0.01 * kDegreeOfLat_m, 0.01);
}

}  // namespace
}  // namespace ccfa::geo
