#include "services/insight/before_after.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace ccfa::insight {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

v1::Counts CountsOf(int before, int after) {
  v1::Counts counts;
  counts.set_before(before);
  counts.set_after(after);
  return counts;
}

// F40
TEST(FiguresOf, TellAFallBesideTheComparisonAndWhereItsGoodSpread) {
  v1::BeforeAfter figures =
      FiguresOf(CountsOf(200, 100), CountsOf(300, 240), CountsOf(1000, 1000), 20);
  EXPECT_DOUBLE_EQ(figures.relative_change().value(), 0.5);
  // By hand: exp(ln 0.5 -+ 1.96 sqrt(1/200 + 1/100 + 1/1000 + 1/1000)).
  EXPECT_NEAR(figures.relative_change().low(), 0.3872, 0.0005);
  EXPECT_NEAR(figures.relative_change().high(), 0.6457, 0.0005);
  // (0.24 - 0.30) / (0.10 - 0.20)
  EXPECT_NEAR(figures.displacement_quotient().value(), 0.6, 1e-12);
  EXPECT_LT(figures.displacement_quotient().low(), 0.6);
  EXPECT_GT(figures.displacement_quotient().high(), 0.6);
  EXPECT_THAT(figures.finding(), StartsWith("50% fewer than the comparison would have it"));
}

// F40
TEST(FiguresOf, TellThatItMovedToTheRing) {
  v1::BeforeAfter some =
      FiguresOf(CountsOf(400, 200), CountsOf(400, 550), CountsOf(4000, 4000), 20);
  EXPECT_THAT(some.finding(), HasSubstr("some of it moved to the ring"));
  v1::BeforeAfter more =
      FiguresOf(CountsOf(400, 200), CountsOf(400, 800), CountsOf(4000, 4000), 20);
  EXPECT_NEAR(more.displacement_quotient().value(), -2, 1e-12);
  EXPECT_THAT(more.finding(), HasSubstr("more moved to the ring than was gained"));
}

// F40
TEST(FiguresOf, SayTooFewWhenTheyAre) {
  for (const v1::BeforeAfter& figures :
       {FiguresOf(CountsOf(19, 5), CountsOf(100, 100), CountsOf(1000, 1000), 20),
        FiguresOf(CountsOf(200, 5), CountsOf(100, 100), CountsOf(19, 10), 20),
        FiguresOf(CountsOf(200, 5), CountsOf(100, 100), CountsOf(190, 0), 20)}) {
    EXPECT_THAT(figures.finding(), StartsWith("too few to say"));
    EXPECT_EQ(figures.relative_change().none_because(), figures.finding());
    EXPECT_EQ(figures.displacement_quotient().none_because(), figures.finding());
  }
  v1::BeforeAfter no_ring = FiguresOf(CountsOf(200, 50), CountsOf(0, 10), CountsOf(1000, 1000), 20);
  EXPECT_THAT(no_ring.displacement_quotient().none_because(), StartsWith("too few to say"));
}

// F40
TEST(FiguresOf, SayNothingOfDisplacementWhereNothingWasGained) {
  v1::BeforeAfter figures =
      FiguresOf(CountsOf(100, 95), CountsOf(100, 50), CountsOf(1000, 1000), 20);
  EXPECT_THAT(figures.finding(), HasSubstr("no change beyond chance"));
  EXPECT_THAT(figures.displacement_quotient().none_because(), HasSubstr("did no better"));
  v1::BeforeAfter worse =
      FiguresOf(CountsOf(100, 200), CountsOf(100, 50), CountsOf(1000, 1000), 20);
  EXPECT_THAT(worse.finding(), StartsWith("100% more than the comparison"));
}

// F40
RC_GTEST_PROP(FiguresOf, HaveTheirValueInTheirInterval, ()) {
  auto counts = [] { return CountsOf(*rc::gen::inRange(1, 5000), *rc::gen::inRange(0, 5000)); };
  v1::BeforeAfter figures = FiguresOf(counts(), counts(), counts(), 1);
  for (const v1::Estimate& estimate :
       {figures.relative_change(), figures.displacement_quotient()}) {
    if (!estimate.none_because().empty()) continue;
    RC_ASSERT(std::isfinite(estimate.value()) && std::isfinite(estimate.low()) &&
              std::isfinite(estimate.high()));
    RC_ASSERT(estimate.low() <= estimate.high());
  }
  RC_ASSERT(!figures.finding().empty());
}

Incident At(double lat, double lon, absl::CivilMonth month) {
  Incident incident;
  incident.point.set_lat(lat);
  incident.point.set_lon(lon);
  incident.month = month;
  return incident;
}

// F40
TEST(Compare, CountsTargetRingAndComparisonInEqualSpans) {
  Comparison asked;
  asked.target.mutable_centre()->set_lat(53.4);
  asked.target.mutable_centre()->set_lon(-2.9);
  asked.target.set_radius_m(100);
  asked.ring_m = 100;
  asked.month = absl::CivilMonth(2026, 7);
  asked.months = 2;
  asked.least_before = 1;
  std::vector<Incident> incidents;
  // Fifty, a hundred and fifty, and a thousand metres to the north.
  for (double lat : {53.40045, 53.40135, 53.409}) {
    for (int month : {4, 5, 6, 7, 8, 9})
      incidents.push_back(At(lat, -2.9, absl::CivilMonth(2026, month)));
  }
  v1::BeforeAfter figures = Compare(incidents, asked);
  for (const v1::Counts& counts : {figures.target(), figures.ring(), figures.comparison()}) {
    EXPECT_EQ(counts.before(), 2);
    EXPECT_EQ(counts.after(), 2);
  }
  asked.comparison = asked.target;
  asked.comparison->mutable_centre()->set_lat(53.5);
  EXPECT_EQ(Compare(incidents, asked).comparison().before(), 0);
}

// F40
TEST(AroundAll, HoldsEveryPoint) {
  std::vector<intake::v1::Point> points = {At(53.400, -2.9, {}).point, At(53.404, -2.9, {}).point};
  v1::Circle circle = AroundAll(points);
  EXPECT_NEAR(circle.centre().lat(), 53.402, 1e-9);
  EXPECT_NEAR(circle.radius_m(), 222.4, 0.5);
  EXPECT_EQ(AroundAll({points[0]}).radius_m(), 100);
}

}  // namespace
}  // namespace ccfa::insight
