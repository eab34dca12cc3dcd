#include "common/geo/area_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <thread>
#include <vector>

#include "common/geo/ray_casting.h"

namespace ccfa::geo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Ring Box(double south, double west, double size) {
  return {{south, west},
          {south, west + size},
          {south + size, west + size},
          {south + size, west},
          {south, west}};
}

Area Named(const std::string& id, Shape shape) {
  return {id, *PreparedShape::Create(std::move(shape))};
}

// West and east share the edge at lon -2; park lies within both.
AreaMap Town() {
  return AreaMap({Named("west", {{Box(53, -3, 1)}}), Named("park", {{Box(53.4, -2.1, 0.2)}}),
                  Named("east", {{Box(53, -2, 1)}})});
}

std::vector<std::string> Ids(const std::vector<Hit>& hits) {
  std::vector<std::string> ids;
  for (const Hit& hit : hits) ids.push_back(hit.id);
  return ids;
}

TEST(Locate, FindsNothingOnAnEmptyMap) {
  AreaMap map({});
  EXPECT_THAT(map.Locate({53.5, -2.5}), IsEmpty());
  EXPECT_FALSE(map.Nearest({53.5, -2.5}, 1000).has_value());
}

TEST(Locate, FindsEveryAreaThatCoversThePointById) {
  EXPECT_THAT(Ids(Town().Locate({53.1, -2.5})), ElementsAre("west"));
  EXPECT_THAT(Ids(Town().Locate({53.5, -1.95})), ElementsAre("east", "park"));
  EXPECT_THAT(Ids(Town().Locate({52.9, -2.5})), IsEmpty());
}

TEST(Locate, GivesASharedEdgeToBothSides) {
  EXPECT_THAT(Ids(Town().Locate({53.1, -2})), ElementsAre("east", "west"));
  EXPECT_THAT(Ids(Town().Locate({54, -2})), ElementsAre("east", "west"));
}

TEST(Locate, SaysHowFarTheEdgeOfEachIs) {
  std::vector<Hit> hits = Town().Locate({53.5, -1.99});
  ASSERT_THAT(Ids(hits), ElementsAre("east", "park"));
  EXPECT_NEAR(hits[0].distance_to_edge_m, 0.01 * 66'141.4, 0.1);
  EXPECT_NEAR(hits[1].distance_to_edge_m, 0.09 * 66'141.4, 0.1);
}

TEST(Nearest, FindsTheNearestEdgeWithinReach) {
  // 0.01 degrees of latitude: 1,111.95 m.
  std::optional<Hit> hit = Town().Nearest({54.01, -2.5}, 1200);
  ASSERT_TRUE(hit.has_value());
  EXPECT_EQ(hit->id, "west");
  EXPECT_NEAR(hit->distance_to_edge_m, 1'111.95, 0.1);
  EXPECT_FALSE(Town().Nearest({54.01, -2.5}, 1100).has_value());
}

TEST(Nearest, PrefersTheLowerIdOfTwoAsNear) {
  std::optional<Hit> hit = Town().Nearest({54.001, -2}, 200);
  ASSERT_TRUE(hit.has_value());
  EXPECT_EQ(hit->id, "east");
}

TEST(Locate, AnswersManyThreadsAlike) {
  const AreaMap map = Town();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&map] {
      for (int step = 0; step < 1000; ++step) {
        EXPECT_THAT(Ids(map.Locate({53.5, -1.95})), ElementsAre("east", "park"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// A star around a centre: it never crosses itself, whatever the lengths of its arms.
Ring Star(Point centre, const std::vector<double>& arms) {
  Ring ring;
  for (size_t i = 0; i < arms.size(); ++i) {
    double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(arms.size());
    ring.push_back(
        {centre.lat + arms[i] * std::sin(angle), centre.lon + arms[i] * std::cos(angle)});
  }
  ring.push_back(ring.front());
  return ring;
}

rc::Gen<double> Degrees(double low, double high) {
  return rc::gen::map(rc::gen::inRange(0, 1'000'001),
                      [=](int step) { return low + (high - low) * step / 1e6; });
}

Shape AnyStars() {
  auto arms = [](double low, double high) {
    return *rc::gen::container<std::vector<double>>(12, Degrees(low, high));
  };
  // The hole's arms are shorter than the outer's reach inwards, the second star is out of reach.
  return {{Star({53.5, -2.5}, arms(0.3, 0.5)), Star({53.5, -2.5}, arms(0.05, 0.2))},
          {Star({53.5, -1.2}, arms(0.3, 0.5))}};
}

RC_GTEST_PROP(LocateLaw, AgreesWithRayCasting, ()) {
  Shape shape = AnyStars();
  AreaMap map({Named("stars", shape)});
  for (int i = 0; i < 100; ++i) {
    Point point{*Degrees(52.9, 54.1), *Degrees(-3.1, -0.6)};
    if (DegreesToEdge(shape, point) < 1e-9) continue;
    RC_ASSERT(map.Locate(point).empty() != IsInsideByRayCasting(shape, point));
  }
}

}  // namespace
}  // namespace ccfa::geo
