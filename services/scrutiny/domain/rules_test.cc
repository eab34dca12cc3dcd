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

// F47, F52
TEST(ConfigureCouncil, MovesTheDayByWhichThePartnershipIsToBeConsidered) {
  Given given;
  EXPECT_EQ(given.WhenConfigured("consider_partnership { length: '6 months' }"),
            "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-07-01T09:00:01Z"), "ClockRecomputed");
  EXPECT_EQ(TimeText(given.partnership().due_time()), "2027-01-02T00:00Z");
}

// F47, F48
TEST(ConfigureCouncil, SaysWhichCriteriaADecisionAnswers) {
  Given given = ReferralOnAgenda();
  EXPECT_EQ(given.WhenConfigured("criteria_asked: 'is_a_complaint'"), "CouncilConfigured");
  EXPECT_EQ(given.WhenDecided("DECISION_KIND_DECLINE"), "FAILED_PRECONDITION GATE_NOT_MET");
}

// F47, F50
TEST(ConfigureCouncil, SetsTheNoticeBeforeAnAttendance) {
  Given given = ScopedReview();
  EXPECT_EQ(given.WhenConfigured("attendance_notice: '5 working days'"), "CouncilConfigured");
  auto request = FromText<v1::RequestAttendanceRequest>(
      absl::StrCat("parent: '", kReview, "' agency: '", kPolice,
                   "' who: 'the inspector' why: 'patrols' date: '2026-07-08'"));
  EXPECT_EQ(given.When(kScrutiny, request), "AttendanceRequested");
}

}  // namespace
}  // namespace ccfa::scrutiny
