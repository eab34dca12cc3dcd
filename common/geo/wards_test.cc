// The wards of twelve real authorities, through the whole of this folder.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "common/geo/area_map.h"
#include "common/geo/geojson.h"
#include "common/geo/ray_casting.h"

namespace ccfa::geo {
namespace {

constexpr char kFile[] = "wards/pilot_wards_2013.geojson";

// "" when the public data is not on this machine.
std::string ReadTestData(const std::string& file) {
  const char* folder = std::getenv("CCFA_TEST_DATA");
  std::ifstream in(std::string(folder ? folder : CCFA_DEFAULT_TEST_DATA) + "/" + file);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class Wards : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string text = ReadTestData(kFile);
    if (text.empty()) GTEST_SKIP() << "no " << kFile << ": set CCFA_TEST_DATA";
    absl::StatusOr<std::vector<Feature>> features = ParseGeoJson(text);
    ASSERT_TRUE(features.ok()) << features.status();
    for (const Feature& feature : *features) {
      areas_.push_back({feature.properties.at("ward_code"), *PreparedShape::Create(feature.shape)});
    }
  }

  std::vector<Area> areas_;
};

bool IsAmong(const std::vector<Hit>& hits, const std::string& id) {
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.id == id; });
}

// A point inside the shape, away from its edges.
Point InnerPoint(const PreparedShape& shape) {
  GeometryPtr inner(GEOSPointOnSurface_r(Geos(), &shape.Geometry()));
  Point point;
  GEOSGeomGetY_r(Geos(), inner.get(), &point.lat);
  GEOSGeomGetX_r(Geos(), inner.get(), &point.lon);
  return point;
}

TEST_F(Wards, AllParse) {
  EXPECT_EQ(areas_.size(), 350u);
}

TEST_F(Wards, CoverTheirInnerPoints) {
  AreaMap map(areas_);
  for (const Area& area : areas_) {
    EXPECT_TRUE(IsAmong(map.Locate(InnerPoint(*area.shape)), area.id)) << area.id;
  }
}

TEST_F(Wards, CoverTheirVertices) {
  AreaMap map(areas_);
  for (const Area& area : areas_) {
    std::vector<Hit> hits = map.Locate(area.shape->Outline().front().front().front());
    ASSERT_TRUE(IsAmong(hits, area.id)) << area.id;
    for (const Hit& hit : hits) EXPECT_EQ(hit.distance_to_edge_m, 0) << hit.id;
  }
}

TEST_F(Wards, AgreeWithRayCastingAtRandomPoints) {
  AreaMap map(areas_);
  std::mt19937 random(1);
  for (const Area& area : areas_) {
    Point middle = InnerPoint(*area.shape);
    std::uniform_real_distribution<double> around(-0.05, 0.05);
    for (int i = 0; i < 20; ++i) {
      Point point{middle.lat + around(random), middle.lon + around(random)};
      if (DegreesToEdge(area.shape->Outline(), point) < 1e-9) continue;
      EXPECT_EQ(IsAmong(map.Locate(point), area.id),
                IsInsideByRayCasting(area.shape->Outline(), point))
          << area.id << " at " << point.lat << ", " << point.lon;
    }
  }
}

}  // namespace
}  // namespace ccfa::geo
