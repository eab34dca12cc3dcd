#include "common/geo/point.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace ccfa::geo {
namespace {

using ::testing::HasSubstr;

TEST(CheckPoint, AcceptsBritainAndTheEndsOfTheEarth) {
  for (Point point : {Point{53.4, -2.9}, Point{90, 180}, Point{-90, -180}, Point{0, 0}}) {
    EXPECT_TRUE(Check(point).ok()) << Check(point);
  }
}

TEST(CheckPoint, RefusesWhatIsNoPlaceOnEarth) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  struct Refusal {
    Point point;
    std::string message;
  };
  for (const Refusal& refusal : {
           Refusal{{kNan, -2.9}, "lat: expected degrees from -90 to 90, got nan"},
           Refusal{{kInfinity, -2.9}, "lat: "},
           Refusal{{90.001, -2.9}, "lat: "},
           Refusal{{-91, -2.9}, "lat: "},
           Refusal{{53.4, kNan}, "lon: expected degrees from -180 to 180, got nan"},
           Refusal{{53.4, -kInfinity}, "lon: "},
           Refusal{{53.4, 180.5}, "lon: "},
           Refusal{{435000, 389000}, "lat: "},
       }) {
    absl::Status status = Check(refusal.point);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << refusal.message;
    EXPECT_THAT(std::string(status.message()), HasSubstr(refusal.message));
  }
}

TEST(CheckPoint, SaysWhenLatAndLonLookSwapped) {
  EXPECT_THAT(std::string(Check(Point{-2.9, 53.4}).message()),
              HasSubstr("lat -2.9 and lon 53.4 look swapped"));
  EXPECT_TRUE(Check(Point{3, 53.4}).ok());
}

}  // namespace
}  // namespace ccfa::geo
