#include "services/routing/domain/ward_map.h"

#include <gtest/gtest.h>

#include "services/routing/given.h"

namespace ccfa::routing {
namespace {

std::string WardAt(WardMap& wards, Given& given, geo::Point point) {
  std::vector<geo::Hit> hits = wards.At(given.tables())->Locate(point);
  return hits.empty() ? "" : hits[0].id;
}

TEST(WardMap, FollowsAWardThatMoves) {
  Given given;
  WardMap wards;
  EXPECT_EQ(WardAt(wards, given, {53.43, -2.97}), "councils/E1/wards/W3");
  EXPECT_EQ(given.WhenRegistered("E1", "W3", Square(53.46, -2.98)), "WardRegistered");
  EXPECT_EQ(WardAt(wards, given, {53.43, -2.97}), "");
  EXPECT_EQ(WardAt(wards, given, {53.47, -2.97}), "councils/E1/wards/W3");
}

TEST(WardMap, IsMadeOnceForTheSameBoundaries) {
  Given given;
  WardMap wards;
  auto before = wards.At(given.tables());
  given.Register("E3");
  EXPECT_EQ(wards.At(given.tables()), before);
}

TEST(WardMap, PlacesCallsByTheBoundariesOfThatMoment) {
  Given given;
  EXPECT_EQ(given.WhenAcceptedAt(53.445, -2.97), "CallTriaged");
  EXPECT_EQ(given.WhenRegistered("E1", "W1", Square(53.44, -2.98)), "WardRegistered");
  EXPECT_EQ(given.WhenAccepted("place { point { lat: 53.445 lon: -2.97 } }",
                               "councils/E1/calls/2026-000002"),
            "CallRouted");
}

}  // namespace
}  // namespace ccfa::routing
