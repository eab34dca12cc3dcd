#include "common/geo/geojson.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace ccfa::geo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr char kTriangle[] = "[[-3,53],[-2,53],[-2,54],[-3,53]]";

std::string WithGeometry(const std::string& geometry) {
  return absl::StrCat(R"({"type":"FeatureCollection","features":[)",
                      R"({"type":"Feature","properties":null,"geometry":)", geometry, "}]}");
}

std::string WithPolygon(const std::string& coordinates) {
  return WithGeometry(absl::StrCat(R"({"type":"Polygon","coordinates":)", coordinates, "}"));
}

std::string Wards() {
  return absl::StrCat(
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)",
      R"({"ward_code":"E05000886","hectares":12.5,"seats":3,"void":null,"open":true,"a":[]},)",
      R"("geometry":{"type":"Polygon","coordinates":[)", kTriangle,
      R"(]}},{"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":[[)",
      kTriangle, "],[[[-3,55,10],[-2,55,10],[-2,56,10],[-3,55,10]]]]}}]}");
}

std::string Message(const std::string& text) {
  absl::Status status = ParseGeoJson(text).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text.substr(0, 200);
  return std::string(status.message());
}

TEST(ParseGeoJson, ReadsPolygonsAndMultiPolygons) {
  absl::StatusOr<std::vector<Feature>> features = ParseGeoJson(Wards());
  ASSERT_TRUE(features.ok()) << features.status();
  ASSERT_EQ(features->size(), 2u);
  Ring triangle = {{53, -3}, {53, -2}, {54, -2}, {53, -3}};
  Ring northern = {{55, -3}, {55, -2}, {56, -2}, {55, -3}};
  EXPECT_EQ((*features)[0].shape, (Shape{{triangle}}));
  EXPECT_EQ((*features)[1].shape, (Shape{{triangle}, {northern}}));
}

TEST(ParseGeoJson, KeepsTextAndNumbersOfTheProperties) {
  absl::StatusOr<std::vector<Feature>> features = ParseGeoJson(Wards());
  ASSERT_TRUE(features.ok()) << features.status();
  EXPECT_THAT((*features)[0].properties, ElementsAre(Pair("hectares", "12.5"), Pair("seats", "3"),
                                                     Pair("ward_code", "E05000886")));
}

TEST(ParseGeoJson, ReadsNoFeaturesFromAnEmptyCollection) {
  absl::StatusOr<std::vector<Feature>> features =
      ParseGeoJson(R"({"type":"FeatureCollection","features":[]})");
  ASSERT_TRUE(features.ok()) << features.status();
  EXPECT_TRUE(features->empty());
}

TEST(ParseGeoJson, RefusesWhatIsNoFeatureCollection) {
  EXPECT_THAT(Message(""), HasSubstr("not JSON: error at byte"));
  EXPECT_THAT(Message("{\"type\": \"\xff\"}"), HasSubstr("not JSON: error at byte"));
  EXPECT_THAT(Message("[1e999]"), HasSubstr("not JSON"));
  EXPECT_THAT(Message("[]"), HasSubstr("expected an object"));
  EXPECT_THAT(Message("{}"), HasSubstr("type: expected \"FeatureCollection\""));
  EXPECT_THAT(Message(R"({"type":7})"), HasSubstr("type: expected \"FeatureCollection\""));
  EXPECT_THAT(Message(R"({"type":"FeatureCollection","features":{}})"), HasSubstr("features: "));
}

TEST(ParseGeoJson, NamesTheFeatureThatIsWrong) {
  auto with_feature = [](const std::string& feature) {
    return absl::StrCat(R"({"type":"FeatureCollection","features":[)", feature, "]}");
  };
  EXPECT_THAT(Message(with_feature("1")), HasSubstr("features[0]: expected an object"));
  EXPECT_THAT(Message(with_feature("{}")), HasSubstr("features[0].type: expected \"Feature\""));
  EXPECT_THAT(Message(with_feature(R"({"type":"Feature","properties":[]})")),
              HasSubstr("features[0].properties: expected an object"));
  EXPECT_THAT(Message(with_feature(R"({"type":"Feature"})")),
              HasSubstr("features[0].geometry: expected an object"));
  EXPECT_THAT(Message(WithGeometry("null")), HasSubstr("features[0].geometry: expected an object"));
  EXPECT_THAT(Message(WithGeometry(R"({"type":"Point","coordinates":[-3,53]})")),
              HasSubstr("features[0].geometry.type: expected \"Polygon\" or \"MultiPolygon\""));
  EXPECT_THAT(Message(WithGeometry(R"({"type":"Polygon"})")),
              HasSubstr("features[0].geometry.coordinates: expected an array"));
}

TEST(ParseGeoJson, NamesTheCoordinateThatIsWrong) {
  const std::string path = "features[0].geometry.coordinates";
  struct Refusal {
    std::string coordinates;
    std::string message;
  };
  for (const Refusal& refusal : {
           Refusal{"7", ": expected an array"},
           Refusal{"[]", ": a polygon needs an outer ring"},
           Refusal{"[7]", "[0]: expected an array"},
           Refusal{"[[]]", "[0]: a ring needs at least 4 positions, got 0"},
           Refusal{"[[[-3,53],[-2,53],[-3,53]]]", "[0]: a ring needs at least 4 positions, got 3"},
           Refusal{"[[[-3,53],[-2,53],[-2,54],[-3,54]]]", "[0]: a ring ends at its first position"},
           Refusal{"[[[-3,53],7]]", "[0][1]: expected a position [lon, lat]"},
           Refusal{"[[[-3]]]", "[0][0]: expected a position [lon, lat]"},
           Refusal{"[[[-3,53,0,0]]]", "[0][0]: expected a position [lon, lat]"},
           Refusal{"[[[-3,\"53\"]]]", "[0][0]: expected a position [lon, lat]"},
           Refusal{"[[[-3,53],[-3,530],[-2,54],[-3,53]]]", "[0][1]: lat: expected degrees"},
           Refusal{"[[[-3,53],[-1e300,53],[-2,54],[-3,53]]]", "[0][1]: lon: expected degrees"},
           Refusal{"[[[53,-3],[53,-2],[54,-2],[53,-3]]]", "[0][0]: lat -3 and lon 53 look swapped"},
           Refusal{"[[[-3,53],[-2,54],[-3,54],[-2,53],[-3,53]]]",
                   ": Self-intersection at lat 53.5, lon -2.5"},
       }) {
    EXPECT_THAT(Message(WithPolygon(refusal.coordinates)), HasSubstr(path + refusal.message));
  }
}

TEST(ParseGeoJson, NamesThePolygonOfAMultiPolygon) {
  std::string geometry = absl::StrCat(R"({"type":"MultiPolygon","coordinates":[[)", kTriangle,
                                      "],[[[-3,55],[-2,55],[-3,55]]]]}");
  EXPECT_THAT(Message(WithGeometry(geometry)),
              HasSubstr("features[0].geometry.coordinates[1][0]: a ring needs at least 4"));
}

TEST(ParseGeoJson, RefusesDeepNestingBeforeBuildingIt) {
  EXPECT_THAT(Message(std::string(100'000, '[')), HasSubstr("nested deeper than 16 at byte 16"));
  EXPECT_THAT(Message(std::string(100'000, '[') + std::string(100'000, ']')), HasSubstr("nested"));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  EXPECT_THAT(Message(objects), HasSubstr("nested"));
}

TEST(ParseGeoJson, TakesBracketsInTextForText) {
  std::string feature = R"({"type":"Feature","properties":{"n":"\"[[[[[[[[[[[[[[[[[[[[\\"},)";
  std::string text =
      absl::StrCat(R"({"type":"FeatureCollection","features":[)", feature,
                   R"("geometry":{"type":"Polygon","coordinates":[)", kTriangle, "]}}]}");
  EXPECT_TRUE(ParseGeoJson(text).ok()) << ParseGeoJson(text).status();
}

TEST(ParseGeoJson, RefusesAbsurdSizes) {
  EXPECT_THAT(Message(std::string(kMostGeoJsonBytes + 1, ' ')),
              HasSubstr("at most 268435456 byte"));
  EXPECT_THAT(Message(std::string(kMostGeoJsonValues + 1, ',')), HasSubstr("more than 20000000"));
}

RC_GTEST_PROP(ParseGeoJsonLaw, SurvivesAnyBytes, ()) {
  std::string bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  RC_ASSERT(!ParseGeoJson(bytes).ok());
}

TEST(ParseGeoJson, RefusesEveryTruncation) {
  const std::string whole = Wards();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ParseGeoJson(whole.substr(0, size)).ok()) << size;
  }
}

RC_GTEST_PROP(ParseGeoJsonLaw, GivesOnlySoundShapesOfMutatedFiles, ()) {
  std::string text = Wards();
  const std::string characters = "[]{},:\"\\-.0159eE tn\xff";
  for (int edits = *rc::gen::inRange(1, 6); edits > 0; --edits) {
    size_t at = *rc::gen::inRange<size_t>(0, text.size());
    size_t length = *rc::gen::inRange<size_t>(0, 4);
    text.replace(at, length, 1, *rc::gen::elementOf(characters));
  }
  absl::StatusOr<std::vector<Feature>> features = ParseGeoJson(text);
  if (!features.ok()) return;
  for (const Feature& feature : *features) RC_ASSERT(Check(feature.shape).ok());
}

}  // namespace
}  // namespace ccfa::geo
