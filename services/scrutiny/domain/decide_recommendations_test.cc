#include <gtest/gtest.h>

#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

using ::testing::ElementsAre;

v1::MakeRecommendationRequest ToBoth() {
  return FromText<v1::MakeRecommendationRequest>(kToBoth);
}

std::vector<std::string> Overdue(Given& given) {
  std::vector<std::string> names;
  given.tables().recommendations.ScanIndex(
      kRecommendationsByList, ListOf("E1", /*overdue=*/true) + state::kPartEnd, "",
      [&](absl::string_view, const v1::Recommendation& recommendation) {
        names.push_back(recommendation.name());
        return true;
      });
  return names;
}

TEST(MakeRecommendation, GivesEachRecipientAClock) {
  Given given = MadeRecommendation();
  EXPECT_THAT(given.referral().recommendations(), ElementsAre(kRecommendation));
  v1::Recommendation made = given.recommendation();
  EXPECT_EQ(made.state(), v1::RECOMMENDATION_STATE_OPEN);
  ASSERT_EQ(made.responses_size(), 2);
  EXPECT_EQ(made.responses(0).recipient(), kPolice);
  EXPECT_EQ(TimeText(made.responses(0).due_time()), "2026-07-29T23:00Z");
  EXPECT_EQ(given.Clocks("E1"),
            "respond of 2026-000001 by police 2026-07-29T23:00Z, "
            "respond of 2026-000001 by fire 2026-07-29T23:00Z");
}

TEST(MakeRecommendation, GivesTwoMonthsForOtherMatters) {
  Given given = ReferralInReview();
  v1::MakeRecommendationRequest request = ToBoth();
  request.set_regime(v1::REGIME_OTHER_MATTER);
  EXPECT_EQ(given.When(kScrutiny, request), "RecommendationMade");
  EXPECT_EQ(TimeText(given.event().recommendation_made().clocks(1).due_time()),
            "2026-09-01T23:00Z");
}

// F49
TEST(MakeRecommendation, TakesTheReferralsRegimeUnlessItIsBoth) {
  Given given;
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "MeetingScheduled");
  auto whose = [&](v1::Regime regime) {
    ReceiveReferral receive{kProblem, "t", "c", "", "", {}, "", {}, regime};
    EXPECT_EQ(given.When("system:reaction", receive), "ReferralReceived");
    EXPECT_EQ(given.WhenDecided("DECISION_KIND_ACCEPT_FOR_REVIEW"), "ReferralDecided");
  };
  v1::MakeRecommendationRequest unsaid = ToBoth();
  unsaid.clear_regime();
  whose(v1::REGIME_BOTH);
  EXPECT_EQ(given.When(kScrutiny, unsaid), "INVALID_ARGUMENT INVALID_FIELD regime");
  v1::MakeRecommendationRequest both = ToBoth();
  both.set_regime(v1::REGIME_BOTH);
  EXPECT_EQ(given.When(kScrutiny, both), "INVALID_ARGUMENT INVALID_FIELD regime");
  EXPECT_EQ(given.When(kScrutiny, ToBoth()), "RecommendationMade");

  given = Given();
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "MeetingScheduled");
  whose(v1::REGIME_OTHER_MATTER);
  EXPECT_EQ(given.When(kScrutiny, unsaid), "RecommendationMade");
  EXPECT_EQ(given.event().recommendation_made().regime(), v1::REGIME_OTHER_MATTER);
}

TEST(MakeRecommendation, Refuses) {
  Given given = ReferralInReview();
  auto when = [&](void (*change)(v1::MakeRecommendationRequest&)) {
    v1::MakeRecommendationRequest request = ToBoth();
    change(request);
    return given.When(kScrutiny, request);
  };
  using R = v1::MakeRecommendationRequest;
  EXPECT_EQ(given.When(kOfPolice, ToBoth()), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when([](R& r) { r.clear_text(); }), "INVALID_ARGUMENT INVALID_FIELD text");
  EXPECT_EQ(when([](R& r) { r.clear_regime(); }), "INVALID_ARGUMENT INVALID_FIELD regime");
  EXPECT_EQ(when([](R& r) { r.clear_recipients(); }), "INVALID_ARGUMENT INVALID_FIELD recipients");
  EXPECT_EQ(when([](R& r) { r.add_recipients(kFire); }),
            "INVALID_ARGUMENT INVALID_FIELD recipients[2]");
  EXPECT_EQ(when([](R& r) { r.set_recipients(1, "fire"); }),
            "INVALID_ARGUMENT INVALID_FIELD recipients[1]");
  EXPECT_EQ(when([](R& r) {
              while (r.recipients_size() <= kMostRecipients) r.add_recipients(kFire);
            }),
            "INVALID_ARGUMENT INVALID_FIELD recipients");
  EXPECT_EQ(when([](R& r) { r.set_recipients(1, "councils/E1/agencies/health"); }),
            "NOT_FOUND NOT_FOUND recipients[1]");
  EXPECT_EQ(ReferralOnAgenda().When(kScrutiny, ToBoth()), "FAILED_PRECONDITION WRONG_STATE");
}

TEST(RespondToRecommendation, StopsTheRecipientsClockAndStartsTheUpdatesWhenAccepted) {
  Given given = MadeRecommendation();
  EXPECT_EQ(given.WhenAnswered(kOfPolice, kPolice, "ANSWER_ACCEPTED"), "RecommendationAnswered");
  EXPECT_EQ(given.recommendation().responses(0).action(), "patrols");
  EXPECT_EQ(TimeText(given.recommendation().responses(0).answer_time()), "2026-07-01T09:00Z");
  EXPECT_EQ(given.Clocks("E1"),
            "respond of 2026-000001 by fire 2026-07-29T23:00Z, "
            "update of 2026-000001 by 2027-01-02T00:00Z");
  EXPECT_EQ(given.WhenAnswered(kOfFire, kFire, "ANSWER_IN_PART"), "RecommendationAnswered");
  EXPECT_EQ(given.event().recommendation_answered().clocks_size(), 0);
}

TEST(RespondToRecommendation, RejectsTheRecommendationWhenAllRecipientsDo) {
  EXPECT_EQ(AnsweredRecommendation("ANSWER_REJECTED", "ANSWER_ACCEPTED").recommendation().state(),
            v1::RECOMMENDATION_STATE_OPEN);
  Given given = AnsweredRecommendation("ANSWER_REJECTED", "ANSWER_REJECTED");
  EXPECT_EQ(given.recommendation().state(), v1::RECOMMENDATION_STATE_REJECTED);
  EXPECT_EQ(given.Clocks("E1"), "");
}

TEST(RespondToRecommendation, Refuses) {
  Given given = MadeRecommendation();
  EXPECT_EQ(given.WhenAnswered(kOfFire, kPolice, "ANSWER_ACCEPTED"),
            "PERMISSION_DENIED NOT_RECIPIENT");
  EXPECT_EQ(given.WhenAnswered(kScrutiny, kPolice, "ANSWER_ACCEPTED"),
            "PERMISSION_DENIED NOT_RECIPIENT");
  EXPECT_EQ(
      given.WhenAnswered("officer:wu@health", "councils/E1/agencies/health", "ANSWER_ACCEPTED"),
      "PERMISSION_DENIED NOT_RECIPIENT");
  auto when = [&](const std::string& text) {
    return given.When(kOfPolice,
                      About<v1::RespondToRecommendationRequest>(
                          kRecommendation, absl::StrCat("recipient: '", kPolice, "' ", text)));
  };
  EXPECT_EQ(when(""), "INVALID_ARGUMENT INVALID_FIELD answer");
  EXPECT_EQ(when("answer: ANSWER_REJECTED"), "INVALID_ARGUMENT INVALID_FIELD reasons");
  EXPECT_EQ(when("answer: ANSWER_IN_PART action: 'x' owner: 'y'"),
            "INVALID_ARGUMENT INVALID_FIELD reasons");
  EXPECT_EQ(when("answer: ANSWER_ACCEPTED owner: 'y'"), "INVALID_ARGUMENT INVALID_FIELD action");
  EXPECT_EQ(when("answer: ANSWER_ACCEPTED action: 'x'"), "INVALID_ARGUMENT INVALID_FIELD owner");
  EXPECT_EQ(when("answer: ANSWER_ACCEPTED action: 'x' owner: 'y'"),
            "INVALID_ARGUMENT INVALID_FIELD due_date");
  EXPECT_EQ(when("answer: ANSWER_ACCEPTED action: 'x' owner: 'y' due_date: '2026-06-30'"),
            "INVALID_ARGUMENT INVALID_FIELD due_date");
  EXPECT_EQ(when("answer: ANSWER_REJECTED reasons: 'x' etag: '1'"), "ABORTED ETAG_MOVED etag");
  EXPECT_EQ(given.WhenAnswered(kOfPolice, kPolice, "ANSWER_REJECTED"), "RecommendationAnswered");
  EXPECT_EQ(given.WhenAnswered(kOfPolice, kPolice, "ANSWER_ACCEPTED"),
            "FAILED_PRECONDITION WRONG_STATE");
}

TEST(RespondClock, ShowsTheAnswerOverdueEvenWhenItComesLate) {
  Given given = MadeRecommendation();
  EXPECT_EQ(given.WhenItIs("2026-07-29T23:00:00Z"), "ClockExpired, ClockExpired");
  EXPECT_THAT(Overdue(given), ElementsAre(kRecommendation));
  EXPECT_EQ(given.WhenAnswered(kOfPolice, kPolice, "ANSWER_REJECTED"), "RecommendationAnswered");
  EXPECT_TRUE(given.recommendation().responses(0).overdue());
  EXPECT_EQ(given.recommendation().responses(0).days_late(), 1);
  EXPECT_THAT(Overdue(given), ElementsAre(kRecommendation));
  EXPECT_EQ(given.WhenAnswered(kOfFire, kFire, "ANSWER_ACCEPTED"), "RecommendationAnswered");
  EXPECT_THAT(Overdue(given), ElementsAre());
}

TEST(UpdateClock, MarksTheUpdateOverdueUntilOneComes) {
  Given given = AnsweredRecommendation("ANSWER_ACCEPTED", "ANSWER_REJECTED");
  EXPECT_EQ(given.WhenItIs("2027-01-02T00:00:00Z"), "ClockExpired");
  EXPECT_TRUE(given.recommendation().update_overdue());
  EXPECT_THAT(Overdue(given), ElementsAre(kRecommendation));
  EXPECT_EQ(given.When(kOfPolice, About<v1::UpdateRecommendationRequest>(
                                      kRecommendation, "rag: RAG_AMBER note: 'half'")),
            "RecommendationUpdated");
  EXPECT_FALSE(given.recommendation().update_overdue());
  EXPECT_EQ(given.recommendation().updates(0).by(), kOfPolice);
  EXPECT_EQ(given.Clocks("E1"), "update of 2026-000001 by 2027-07-02T23:00Z");
}

// F51
TEST(ChaseRecipient, KeepsHowARecipientWasReminded) {
  Given given = MadeRecommendation();
  auto chase = About<v1::ChaseRecipientRequest>(
      kRecommendation, absl::StrCat("recipient: '", kPolice, "' note: 'rang the desk'"));
  EXPECT_EQ(given.When(kScrutiny, chase), "RecipientChased");
  ASSERT_EQ(given.recommendation().chases_size(), 1);
  EXPECT_EQ(given.recommendation().chases(0).recipient(), kPolice);
  EXPECT_EQ(given.recommendation().chases(0).by(), kScrutiny);
  EXPECT_EQ(TimeText(given.recommendation().chases(0).time()), "2026-07-01T09:00Z");
}

// F51
TEST(ChaseRecipient, Refuses) {
  Given given = MadeRecommendation();
  auto chase = [&](const std::string& who, const std::string& more = "note: 'rang'") {
    return About<v1::ChaseRecipientRequest>(kRecommendation,
                                            absl::StrCat("recipient: '", who, "' ", more));
  };
  EXPECT_EQ(given.When(kOfPolice, chase(kPolice)), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.When(kScrutiny, chase(kPolice, "")), "INVALID_ARGUMENT INVALID_FIELD note");
  EXPECT_EQ(given.When(kScrutiny, chase(kPolice, "note: 'x' etag: '1'")),
            "ABORTED ETAG_MOVED etag");
  EXPECT_EQ(given.When(kScrutiny, chase("councils/E1/agencies/health")),
            "NOT_FOUND NOT_FOUND recipient");
  EXPECT_EQ(given.WhenAnswered(kOfPolice, kPolice, "ANSWER_REJECTED"), "RecommendationAnswered");
  EXPECT_EQ(given.When(kScrutiny, chase(kPolice)), "FAILED_PRECONDITION WRONG_STATE");
  for (int i = 0; i < kMostChases; ++i) {
    ASSERT_EQ(given.When(kScrutiny, chase(kFire)), "RecipientChased");
  }
  EXPECT_EQ(given.When(kScrutiny, chase(kFire)), "FAILED_PRECONDITION TOO_MANY");
}

TEST(UpdateRecommendation, Refuses) {
  Given given = AnsweredRecommendation("ANSWER_ACCEPTED", "ANSWER_REJECTED");
  auto update = About<v1::UpdateRecommendationRequest>(kRecommendation, "rag: RAG_GREEN");
  EXPECT_EQ(given.When(kScrutiny, About<v1::UpdateRecommendationRequest>(kRecommendation)),
            "INVALID_ARGUMENT INVALID_FIELD rag");
  EXPECT_EQ(given.When("officer:wu@health", update), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(MadeRecommendation().When(kScrutiny, update), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(ReferralInReview().When(kScrutiny, update), "NOT_FOUND NOT_FOUND name");
  for (int i = 0; i < kMostUpdates; ++i) {
    ASSERT_EQ(given.When(kScrutiny, update), "RecommendationUpdated");
  }
  EXPECT_EQ(given.When(kScrutiny, update), "FAILED_PRECONDITION TOO_MANY");
}

TEST(CompleteRecommendation, StopsItsClocks) {
  Given given = AnsweredRecommendation("ANSWER_ACCEPTED", "ANSWER_REJECTED");
  auto complete = About<v1::CompleteRecommendationRequest>(kRecommendation, "outcome: 'patrolled'");
  EXPECT_EQ(given.When(kScrutiny, complete), "RecommendationCompleted");
  EXPECT_EQ(given.recommendation().state(), v1::RECOMMENDATION_STATE_COMPLETED);
  EXPECT_EQ(given.recommendation().outcome(), "patrolled");
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.When(kScrutiny, complete), "FAILED_PRECONDITION WRONG_STATE");
}

TEST(CompleteRecommendation, Refuses) {
  Given given = MadeRecommendation();
  auto complete = About<v1::CompleteRecommendationRequest>(kRecommendation, "outcome: 'patrolled'");
  EXPECT_EQ(given.When(kScrutiny, complete), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(given.When(kOfPolice, complete), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.When(kScrutiny, About<v1::CompleteRecommendationRequest>(kRecommendation)),
            "INVALID_ARGUMENT INVALID_FIELD outcome");
}

}  // namespace
}  // namespace ccfa::scrutiny
