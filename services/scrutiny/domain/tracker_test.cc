#include "services/scrutiny/domain/tracker.h"

#include <gtest/gtest.h>

#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::Time At(const std::string& time) {
  absl::Time at;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, time, &at, &error)) << error;
  return at;
}

/// "ANSWER by police due 2026-07-29, 2 days late".
std::vector<std::string> OverdueAt(Given& given, const std::string& time) {
  std::vector<std::string> overdue;
  for (const v1::OverdueItem& item :
       OverdueOf(given.tables(), "E1", At(time), ::ccfa::testing::EnglandAndWales(), 10)) {
    overdue.push_back(absl::StrCat(v1::OverdueKind_Name(item.kind()).substr(13), " by ",
                                   LastId(item.who()), " due ", item.due_date(), ", ",
                                   item.days_late(), " days late"));
  }
  return overdue;
}

// F49
TEST(Overdue, IsEveryAnswerThatIsAwaitedAfterItsLastDay) {
  Given given = MadeRecommendation();
  EXPECT_THAT(OverdueAt(given, "2026-07-29T22:59:00Z"), IsEmpty());
  EXPECT_THAT(OverdueAt(given, "2026-07-29T23:00:00Z"),
              ElementsAre("ANSWER by police due 2026-07-29, 1 days late",
                          "ANSWER by fire due 2026-07-29, 1 days late"));
  EXPECT_EQ(given.WhenAnswered(kOfPolice, kPolice, "ANSWER_REJECTED"), "RecommendationAnswered");
  EXPECT_THAT(OverdueAt(given, "2026-08-02T12:00:00Z"),
              ElementsAre("ANSWER by fire due 2026-07-29, 4 days late"));
}

// F49
TEST(Overdue, SaysWhatItIsAboutWithoutAnybodysWords) {
  Given given = MadeRecommendation();
  std::vector<v1::OverdueItem> overdue = OverdueOf(given.tables(), "E1", At("2026-08-01T09:00:00Z"),
                                                   ::ccfa::testing::EnglandAndWales(), 1);
  ASSERT_EQ(overdue.size(), 1u);
  EXPECT_EQ(overdue[0].name(), kRecommendation);
  EXPECT_EQ(overdue[0].referral(), kReferral);
  EXPECT_EQ(overdue[0].category(), "off-road-bikes");
  EXPECT_EQ(overdue[0].ward(), "E05000001");
}

// F51
TEST(Overdue, IsTheAcceptedActionAfterItsDayAndTheUpdateAfterItsClock) {
  Given given = AnsweredRecommendation("ANSWER_ACCEPTED", "ANSWER_REJECTED");
  EXPECT_THAT(OverdueAt(given, "2026-10-01T09:00:00Z"),
              ElementsAre("ACTION by police due 2026-09-30, 1 days late"));
  EXPECT_EQ(given.WhenItIs("2027-01-02T00:00:00Z"), "ClockExpired");
  EXPECT_THAT(OverdueAt(given, "2027-01-02T09:00:00Z"),
              ElementsAre("ACTION by police due 2026-09-30, 94 days late",
                          "UPDATE by police due 2027-01-01, 1 days late"));
}

// F52
TEST(Overdue, IsTheCommitteesOwnDuty) {
  Given given;
  EXPECT_THAT(OverdueAt(given, "2027-07-01T22:00:00Z"), IsEmpty());
  EXPECT_THAT(OverdueAt(given, "2027-07-02T09:00:00Z"),
              ElementsAre("PARTNERSHIP by the committee due 2027-07-01, 1 days late"));
}

// F51
TEST(Rag, IsWhatTheLastUpdateSaidAndRedByRuleWhileOneIsOverdue) {
  Given given = AnsweredRecommendation("ANSWER_ACCEPTED", "ANSWER_REJECTED");
  auto update = About<v1::UpdateRecommendationRequest>(kRecommendation, "rag: RAG_GREEN");
  EXPECT_EQ(given.When(kOfPolice, update), "RecommendationUpdated");
  v1::Recommendation shown = given.recommendation();
  ShowRag(shown);
  EXPECT_EQ(shown.rag(), v1::RAG_GREEN);
  EXPECT_FALSE(shown.red_by_rule());
  EXPECT_EQ(given.WhenItIs("2027-01-02T00:00:00Z"), "ClockExpired");
  shown = given.recommendation();
  ShowRag(shown);
  EXPECT_EQ(shown.rag(), v1::RAG_RED);
  EXPECT_TRUE(shown.red_by_rule());
}

// F48
TEST(Agenda, ShowsReferralsTheWorkProgrammeReviewsAndWhatIsOverdue) {
  Given given = MadeRecommendation();
  EXPECT_EQ(given.WhenRaised("councils/E1/problems/2026-000002"), "ReferralReceived");
  EXPECT_EQ(given.WhenRaised("councils/E1/problems/2026-000003"), "ReferralReceived");
  auto defer = About<v1::DecideReferralRequest>(
      "councils/E1/referrals/2026-000003",
      "decision { kind: DECISION_KIND_DEFER reasons: 'after the summer' reasons_to_caller: 'later' "
      "criteria { attempts_made: 'one' partner_informed_and_given_time: 'no' } }");
  EXPECT_EQ(given.When(kScrutiny, defer), "ReferralDecided");
  v1::Agenda agenda = AgendaOf(given.tables(), given.meeting(), At("2026-08-01T09:00:00Z"),
                               ::ccfa::testing::EnglandAndWales());
  EXPECT_EQ(agenda.committee(), "Safer Communities");
  ASSERT_EQ(agenda.referrals_size(), 1);
  EXPECT_EQ(agenda.referrals(0).name(), "councils/E1/referrals/2026-000002");
  ASSERT_EQ(agenda.deferred_size(), 1);
  EXPECT_EQ(agenda.deferred(0).why(), "after the summer");
  ASSERT_EQ(agenda.in_review_size(), 1);
  EXPECT_EQ(agenda.in_review(0).name(), kReferral);
  EXPECT_EQ(agenda.overdue_size(), 2);
  EXPECT_EQ(TimeText(agenda.partnership().due_time()), "2027-07-01T23:00Z");
}

}  // namespace
}  // namespace ccfa::scrutiny
