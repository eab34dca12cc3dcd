#include "tools/ccfactl/open_data_formats.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ccfa::ctl {
namespace {

using insight::v1::PublishedCalls;

PublishedCalls InASquare() {
  PublishedCalls group;
  group.set_quarter("2026-Q2");
  group.set_category("noise");
  group.set_ward("E05900011");
  group.set_ward_title("Wick, Upper");
  group.mutable_point()->set_lat(52.63123456);
  group.mutable_point()->set_lon(-2.17);
  group.set_square_m(1000);
  group.set_calls(7);
  return group;
}
PublishedCalls Elsewhere() {
  PublishedCalls group;
  group.set_quarter("2026-Q2");
  group.set_category("other");
  group.set_calls(5);
  return group;
}

// F22
TEST(OpenData, IsCsvOfAGroupARecord) {
  EXPECT_EQ(CallsAsCsv({InASquare(), Elsewhere()}),
            "quarter,category,ward,ward_name,outward_postcode,lat,lon,square_m,calls\r\n"
            "2026-Q2,noise,E05900011,\"Wick, Upper\",,52.631235,-2.170000,1000,7\r\n"
            "2026-Q2,other,,,,,,,5\r\n");
}

// F22
TEST(OpenData, IsGeoJsonWithTheLongitudeFirstAndNoPointWhereThereIsNone) {
  const auto json = nlohmann::json::parse(CallsAsGeoJson({InASquare(), Elsewhere()}));
  EXPECT_EQ(json["type"], "FeatureCollection");
  const auto& features = json["features"];
  ASSERT_EQ(features.size(), 2);
  EXPECT_EQ(features[0]["type"], "Feature");
  EXPECT_EQ(features[0]["geometry"],
            nlohmann::json({{"type", "Point"}, {"coordinates", {-2.17, 52.631235}}}));
  EXPECT_EQ(features[0]["properties"]["calls"], 7);
  EXPECT_TRUE(features[1]["geometry"].is_null());
  EXPECT_EQ(nlohmann::json::parse(CallsAsGeoJson({}))["features"], nlohmann::json::array());
}

// F59
TEST(OpenData, HasTheFiguresWithTheirTotals) {
  insight::v1::PublishedQuarter quarter;
  quarter.set_quarter("2026-Q2");
  quarter.set_calls(12);
  auto add = [](auto* figures, const char* category, const char* ward, int calls) {
    insight::v1::Figure& figure = *figures->Add();
    figure.set_category(category);
    figure.set_ward(ward);
    figure.set_calls(calls);
  };
  add(quarter.mutable_by_category_and_ward(), "noise", "W1", 7);
  add(quarter.mutable_by_category_and_ward(), "noise", "", 5);
  add(quarter.mutable_by_category(), "noise", "", 12);
  add(quarter.mutable_by_ward(), "", "W1", 7);
  add(quarter.mutable_by_ward(), "", "", 5);
  quarter.mutable_by_ward(0)->set_ward_title("Abbey");
  add(quarter.mutable_by_month(), "", "", 12);
  quarter.mutable_by_month(0)->set_month("2026-04");
  add(quarter.mutable_by_outcome(), "", "", 12);
  quarter.mutable_by_outcome(0)->set_outcome(insight::v1::OUTCOME_NOT_RESOLVED);
  EXPECT_EQ(FiguresAsCsv(quarter),
            "quarter,category,ward,ward_name,month,outcome,calls\r\n"
            "2026-Q2,noise,W1,,all,all,7\r\n"
            "2026-Q2,noise,elsewhere,,all,all,5\r\n"
            "2026-Q2,noise,all,,all,all,12\r\n"
            "2026-Q2,all,W1,Abbey,all,all,7\r\n"
            "2026-Q2,all,elsewhere,,all,all,5\r\n"
            "2026-Q2,all,all,,all,all,12\r\n"
            "2026-Q2,all,all,,2026-04,all,12\r\n"
            "2026-Q2,all,all,,all,not-resolved,12\r\n");
}

}  // namespace
}  // namespace ccfa::ctl
