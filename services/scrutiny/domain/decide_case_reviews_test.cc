#include <gtest/gtest.h>

#include "services/scrutiny/domain/case_review_counts.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

constexpr char kCase[] = "councils/E1/caseReviews/2026-000001";
constexpr char kOtherOfScrutiny[] = "scrutiny:ng";
constexpr char kThree[] =
    "complaints { behaviour_date: '2026-05-01' complaint_date: '2026-05-02' to: 'police' } "
    "complaints { behaviour_date: '2026-05-20' complaint_date: '2026-05-20' to: 'council' } "
    "complaints { behaviour_date: '2026-06-10' complaint_date: '2026-06-11' to: 'police' } ";

v1::ApplyForCaseReviewRequest Application(const std::string& more) {
  return FromText<v1::ApplyForCaseReviewRequest>(
      absl::StrCat("parent: 'councils/E1' reference: 'ASB-77' ", more));
}

v1::CaseReview CaseOf(Given& given) {
  return given.tables().case_reviews.Get(kCase).value_or(v1::CaseReview());
}

Given AppliedCase(const std::string& more = kThree) {
  Given given;
  EXPECT_EQ(
      given.When("public:77", Application(absl::StrCat("applicant: APPLICANT_VICTIM ", more))),
      "CaseReviewOpened");
  return given;
}

std::string WhenCaseDecided(Given& given, bool met, const std::string& actor = kScrutiny) {
  return given.When(actor, About<v1::DecideCaseReviewRequest>(
                               kCase, absl::StrCat("reasons: 'as found' met: ", met)));
}

v1::HoldCaseReviewRequest Held(const std::string& more = "recommendations: 'move the bins'") {
  return About<v1::HoldCaseReviewRequest>(
      kCase, absl::StrCat("date: '2026-07-01' attended: 'police' attended: 'the victim' "
                          "victim_offered: true victim_attended: true told: 'by letter' ",
                          more));
}

// F54
TEST(ApplyForCaseReview, FindsTheThresholdByRuleAndStartsItsClocks) {
  Given given = AppliedCase();
  v1::CaseReview review = CaseOf(given);
  EXPECT_EQ(review.state(), v1::CASE_REVIEW_STATE_OPEN);
  EXPECT_TRUE(review.finding().met());
  EXPECT_EQ(review.finding().qualifying(), 3);
  EXPECT_EQ(given.Clocks("E1"),
            "case-review-acknowledge of 2026-000001 by 2026-07-06T23:00Z, "
            "case-review-decide of 2026-000001 by 2026-07-22T23:00Z");
}

// F54
TEST(ApplyForCaseReview, ShowsWhatWasNotDoneInTime) {
  Given given = AppliedCase();
  given.WhenItIs("2026-07-06T23:00:00Z");
  EXPECT_TRUE(CaseOf(given).acknowledge_overdue());
  given.WhenItIs("2026-07-22T23:00:00Z");
  EXPECT_TRUE(CaseOf(given).decide_overdue());
}

// F54
TEST(ApplyForCaseReview, Refuses) {
  Given given;
  auto when = [&](const std::string& actor, const std::string& more) {
    return given.When(actor, Application(more));
  };
  EXPECT_EQ(when(kOfPolice, "applicant: APPLICANT_VICTIM"), "PERMISSION_DENIED MAY_NOT_APPLY");
  EXPECT_EQ(when("public:1", ""), "INVALID_ARGUMENT INVALID_FIELD applicant");
  EXPECT_EQ(when("public:1", "applicant: APPLICANT_DATA"),
            "INVALID_ARGUMENT INVALID_FIELD applicant");
  EXPECT_EQ(when("councillor:okafor", "applicant: APPLICANT_VICTIM"),
            "INVALID_ARGUMENT INVALID_FIELD applicant");
  EXPECT_EQ(when("councillor:okafor", "applicant: APPLICANT_COUNCILLOR"),
            "INVALID_ARGUMENT INVALID_FIELD consent");
  EXPECT_EQ(when("councillor:okafor", "applicant: APPLICANT_COUNCILLOR consent: 'in writing'"),
            "CaseReviewOpened");
  EXPECT_EQ(when("public:1", "applicant: APPLICANT_VICTIM people: -1"),
            "INVALID_ARGUMENT INVALID_FIELD people");
  EXPECT_EQ(when("public:1",
                 "applicant: APPLICANT_VICTIM complaints { behaviour_date: 'x' to: 'police' }"),
            "INVALID_ARGUMENT INVALID_FIELD complaints[0].behaviour_date");
  EXPECT_EQ(when("public:1",
                 "applicant: APPLICANT_VICTIM complaints { behaviour_date: '2026-05-01' "
                 "complaint_date: '2026-05-01' }"),
            "INVALID_ARGUMENT INVALID_FIELD complaints[0].to");
  auto named = Application("applicant: APPLICANT_VICTIM");
  named.set_reference("Mr Ash");
  EXPECT_EQ(given.When("public:1", named), "INVALID_ARGUMENT INVALID_FIELD reference");
  named = Application("applicant: APPLICANT_VICTIM");
  named.set_parent("councils/E9");
  EXPECT_EQ(given.When("public:1", named), "NOT_FOUND NOT_FOUND parent");
  named = Application(absl::StrCat("applicant: APPLICANT_VICTIM ", kThree));
  while (named.complaints_size() <= kMostComplaints) *named.add_complaints() = named.complaints(0);
  EXPECT_EQ(given.When("public:1", named), "INVALID_ARGUMENT INVALID_FIELD complaints");
}

// F54
TEST(OpenCaseReview, FollowsFromAProblemsCallsOnce) {
  Given given;
  sara::v1::Event event;
  event.mutable_case_review_threshold_met()->set_name(kProblem);
  event.mutable_case_review_threshold_met()->add_calls("councils/E1/calls/2026-000001");
  event.mutable_case_review_threshold_met()->set_complaints(3);
  EXPECT_EQ(given.WhenHappened("ccfa.sara.v1", event), "CaseReviewOpened");
  EXPECT_EQ(CaseOf(given).application().applicant(), v1::APPLICANT_DATA);
  EXPECT_TRUE(CaseOf(given).finding().met());
  EXPECT_EQ(given.WhenHappened("ccfa.sara.v1", event), "nothing");
}

// F54
TEST(AcknowledgeCaseReview, StopsItsClockOnce) {
  Given given = AppliedCase();
  auto acknowledge = About<v1::AcknowledgeCaseReviewRequest>(kCase);
  EXPECT_EQ(given.When("public:77", acknowledge), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.When(kScrutiny, acknowledge), "CaseReviewAcknowledged");
  EXPECT_EQ(given.Clocks("E1"), "case-review-decide of 2026-000001 by 2026-07-22T23:00Z");
  EXPECT_EQ(given.When(kScrutiny, acknowledge), "nothing");
}

// F47, F54
TEST(AskApplicant, HoldsTheClockUntilTheAnswerAndFindsTheThresholdAnew) {
  Given given = AppliedCase("");
  EXPECT_FALSE(CaseOf(given).finding().met());
  auto ask = About<v1::AskApplicantRequest>(kCase, "question: 'when was it?'");
  EXPECT_EQ(given.When(kScrutiny, About<v1::AskApplicantRequest>(kCase)),
            "INVALID_ARGUMENT INVALID_FIELD question");
  EXPECT_EQ(given.When("public:77", ask), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.When(kScrutiny, ask), "ApplicantAsked");
  EXPECT_EQ(WhenCaseDecided(given, true), "FAILED_PRECONDITION WRONG_STATE");
  given.WhenItIs("2026-07-29T09:00:00Z");
  EXPECT_FALSE(CaseOf(given).decide_overdue());
  auto answer =
      About<v1::AnswerForApplicantRequest>(kCase, absl::StrCat("answer: 'three times' ", kThree));
  EXPECT_EQ(given.When("public:77", About<v1::AnswerForApplicantRequest>(kCase)),
            "INVALID_ARGUMENT INVALID_FIELD answer");
  EXPECT_EQ(given.When(kOfPolice, answer), "PERMISSION_DENIED MAY_NOT_APPLY");
  EXPECT_EQ(given.When("public:77", answer), "ApplicantAnswered");
  v1::CaseReview review = CaseOf(given);
  EXPECT_EQ(review.state(), v1::CASE_REVIEW_STATE_OPEN);
  EXPECT_TRUE(review.finding().met());
  EXPECT_EQ(review.questions(0).answer(), "three times");
  // Fifteen working days after Wednesday 29 July.
  EXPECT_EQ(given.Clocks("E1"), "case-review-decide of 2026-000001 by 2026-08-19T23:00Z");
}

// F54
TEST(DecideCaseReview, MeetsTheThresholdOrNotWithReasons) {
  Given given = AppliedCase();
  EXPECT_EQ(given.When(kScrutiny, About<v1::DecideCaseReviewRequest>(kCase)),
            "INVALID_ARGUMENT INVALID_FIELD reasons");
  EXPECT_EQ(WhenCaseDecided(given, true, "public:77"), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(WhenCaseDecided(given, true), "CaseReviewDecided");
  EXPECT_EQ(CaseOf(given).state(), v1::CASE_REVIEW_STATE_THRESHOLD_MET);
  EXPECT_EQ(CaseOf(given).decisions(0).decided_by(), kScrutiny);
  EXPECT_EQ(WhenCaseDecided(given, false), "FAILED_PRECONDITION WRONG_STATE");
}

// F54
TEST(HoldCaseReview, OffersTheVictimAPlaceAndTellsTheResult) {
  Given given = AppliedCase();
  EXPECT_EQ(given.When(kScrutiny, Held()), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(WhenCaseDecided(given, true), "CaseReviewDecided");
  using R = v1::HoldCaseReviewRequest;
  auto when = [&](void (*change)(R&)) {
    R request = Held();
    change(request);
    return given.When(kScrutiny, request);
  };
  EXPECT_EQ(given.When(kOfPolice, Held()), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when([](R& r) { r.set_victim_offered(false); }), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(when([](R& r) { r.clear_told(); }), "INVALID_ARGUMENT INVALID_FIELD told");
  EXPECT_EQ(when([](R& r) { r.clear_attended(); }), "INVALID_ARGUMENT INVALID_FIELD attended");
  EXPECT_EQ(when([](R& r) { r.set_date("2026-07-02"); }), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(when([](R& r) {
              while (r.recommendations_size() <= kMostRecommendations) r.add_recommendations("x");
            }),
            "INVALID_ARGUMENT INVALID_FIELD recommendations");
  EXPECT_EQ(given.When(kScrutiny, Held()), "CaseReviewHeld");
  EXPECT_EQ(CaseOf(given).hearing().recommendations(0), "move the bins");
}

// F54
TEST(AppealCaseReview, IsDecidedBySomebodyElse) {
  Given given = AppliedCase();
  auto appeal = About<v1::AppealCaseReviewRequest>(kCase, "grounds: 'two were not counted'");
  EXPECT_EQ(given.When("public:77", appeal), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(WhenCaseDecided(given, false), "CaseReviewDecided");
  EXPECT_EQ(given.When("public:77", About<v1::AppealCaseReviewRequest>(kCase)),
            "INVALID_ARGUMENT INVALID_FIELD grounds");
  EXPECT_EQ(given.When(kOfPolice, appeal), "PERMISSION_DENIED MAY_NOT_APPLY");
  EXPECT_EQ(given.When("public:77", appeal), "CaseReviewAppealed");
  EXPECT_EQ(WhenCaseDecided(given, false), "PERMISSION_DENIED DECIDED_BEFORE");
  EXPECT_EQ(WhenCaseDecided(given, false, kOtherOfScrutiny), "CaseReviewDecided");
  EXPECT_EQ(given.When("public:77", appeal), "FAILED_PRECONDITION APPEALED_BEFORE");
}

// F47, F54
TEST(AppealCaseReview, IsPossibleForTwentyWorkingDays) {
  auto appeal = About<v1::AppealCaseReviewRequest>(kCase, "grounds: 'two were not counted'");
  Given in_time = AppliedCase();
  EXPECT_EQ(WhenCaseDecided(in_time, false), "CaseReviewDecided");
  in_time.WhenItIs("2026-07-29T22:59:00Z");
  EXPECT_EQ(in_time.When("public:77", appeal), "CaseReviewAppealed");
  Given late = AppliedCase();
  EXPECT_EQ(WhenCaseDecided(late, false), "CaseReviewDecided");
  late.WhenItIs("2026-07-29T23:00:00Z");
  EXPECT_EQ(late.When("public:77", appeal), "FAILED_PRECONDITION APPEAL_TOO_LATE");
}

// F55
TEST(CaseReviewCounts, AreTheFourOfAYear) {
  Given given = AppliedCase();
  EXPECT_EQ(WhenCaseDecided(given, true), "CaseReviewDecided");
  EXPECT_EQ(given.When(kScrutiny, Held()), "CaseReviewHeld");
  EXPECT_EQ(given.When("public:2", Application("applicant: APPLICANT_VICTIM")), "CaseReviewOpened");
  auto decide = About<v1::DecideCaseReviewRequest>("councils/E1/caseReviews/2026-000002",
                                                   "reasons: 'one complaint'");
  EXPECT_EQ(given.When(kScrutiny, decide), "CaseReviewDecided");
  EXPECT_EQ(given.When("system:sara", OpenCaseReview{kProblem, {}, 3}), "CaseReviewOpened");
  v1::CaseReviewCounts counts = CountsOf(given.tables(), "E1", 2026);
  EXPECT_EQ(counts.applications(), 2);
  EXPECT_EQ(counts.threshold_not_met(), 1);
  EXPECT_EQ(counts.reviews(), 1);
  EXPECT_EQ(counts.reviews_with_recommendations(), 1);
  EXPECT_EQ(counts.opened_by_data(), 1);
  EXPECT_EQ(CountsOf(given.tables(), "E1", 2025).applications(), 0);
}

}  // namespace
}  // namespace ccfa::scrutiny
