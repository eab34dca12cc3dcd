#include <gtest/gtest.h>

#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

// F47, F49
TEST(ConfigureCouncil, MovesTheDayOnWhichRecipientsOweTheirAnswer) {
  Given given = MadeRecommendation();
  EXPECT_EQ(given.WhenConfigured("respond_crime_and_disorder { length: '14 days' }"),
            "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-07-01T09:00:01Z"), "ClockRecomputed, ClockRecomputed");
  const v1::Recommendation recommendation = given.recommendation();
  for (const v1::Response& response : recommendation.responses())
    EXPECT_EQ(TimeText(response.due_time()), "2026-07-15T23:00Z");
}

}  // namespace
}  // namespace ccfa::scrutiny
