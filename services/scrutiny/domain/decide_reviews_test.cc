#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/review.h"
#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

using ::testing::ElementsAre;

// F56
TEST(ScopeReview, SetsWhatIsAskedByWhomAndWhen) {
  Given given = ScopedReview();
  v1::Review review = given.review();
  EXPECT_EQ(review.referral(), kReferral);
  EXPECT_EQ(review.scope().terms_of_reference(), "why it goes on");
  EXPECT_THAT(review.scope().questions(), ElementsAre("who rides?", "who could stop it?"));
  EXPECT_EQ(review.scope().panel_size(), 2);
  EXPECT_EQ(review.scope().end_date(), "2026-12-01");
  EXPECT_EQ(TimeText(review.scope_time()), "2026-07-01T09:00Z");
}

// F53
TEST(ScopeReview, FlagsAMemberWhoChairsOrSitsOnTheReferralsTeam) {
  Given given = ScopedReview();
  EXPECT_EQ(given.review().scope().panel(0).interest(), "chairs councils/E1/teams/T1");
  EXPECT_EQ(given.review().scope().panel(1).interest(), "");
  EXPECT_EQ(given.When(kScrutiny, Scope("panel: 'councils/E1/councillors/reid'")), "ReviewScoped");
  EXPECT_EQ(given.review().scope().panel(0).interest(),
            "sits on councils/E1/teams/T1 for councils/E1/agencies/police");
}

// F53
TEST(ScopeReview, KeepsWhatWasDeclared) {
  Given given = DeclaredReview("STAND_STAYS");
  EXPECT_EQ(given.When(kScrutiny, Scope("panel: 'councils/E1/councillors/okafor'")),
            "ReviewScoped");
  ASSERT_EQ(given.review().scope().panel_size(), 1);
  EXPECT_EQ(given.review().scope().panel(0).stand(), v1::STAND_STAYS);
}

// F56
TEST(ScopeReview, Refuses) {
  Given given = ReferralInReview();
  using R = v1::ScopeReviewRequest;
  auto when = [&](void (*change)(R&)) {
    R request = Scope("panel: 'councils/E1/councillors/ash'");
    change(request);
    return given.When(kScrutiny, request);
  };
  EXPECT_EQ(given.When(kOfPolice, Scope("panel: 'councils/E1/councillors/ash'")),
            "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when([](R& r) { r.clear_terms_of_reference(); }),
            "INVALID_ARGUMENT INVALID_FIELD terms_of_reference");
  EXPECT_EQ(when([](R& r) { r.clear_questions(); }), "INVALID_ARGUMENT INVALID_FIELD questions");
  EXPECT_EQ(when([](R& r) { r.add_questions(""); }), "INVALID_ARGUMENT INVALID_FIELD questions[2]");
  EXPECT_EQ(when([](R& r) {
              while (r.questions_size() <= kMostQuestions) r.add_questions("?");
            }),
            "INVALID_ARGUMENT INVALID_FIELD questions");
  EXPECT_EQ(when([](R& r) { r.clear_panel(); }), "INVALID_ARGUMENT INVALID_FIELD panel");
  EXPECT_EQ(when([](R& r) { r.set_panel(0, "ash"); }), "INVALID_ARGUMENT INVALID_FIELD panel[0]");
  EXPECT_EQ(when([](R& r) { r.add_panel(r.panel(0)); }), "INVALID_ARGUMENT INVALID_FIELD panel[1]");
  EXPECT_EQ(when([](R& r) {
              while (r.panel_size() <= kMostPanel) r.add_panel(r.panel(0));
            }),
            "INVALID_ARGUMENT INVALID_FIELD panel");
  EXPECT_EQ(when([](R& r) { r.set_start_date("soon"); }),
            "INVALID_ARGUMENT INVALID_FIELD start_date");
  EXPECT_EQ(when([](R& r) { r.set_end_date("2026-07-01"); }),
            "INVALID_ARGUMENT INVALID_FIELD end_date");
  EXPECT_EQ(when([](R& r) { r.set_name("councils/E1/reviews/2026-000009"); }),
            "NOT_FOUND NOT_FOUND name");
  EXPECT_EQ(when([](R& r) { r.set_panel(0, "councils/E2/councillors/wu"); }),
            "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(ReferralOnAgenda().When(kScrutiny, Scope("panel: 'councils/E1/councillors/ash'")),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F53
TEST(DeclareInterest, IsTheMembersOwnOrScrutinysToRecord) {
  Given given = DeclaredReview("STAND_STEPS_ASIDE");
  EXPECT_EQ(given.review().scope().panel(0).stand(), v1::STAND_STEPS_ASIDE);
  EXPECT_EQ(given.review().scope().panel(0).declared_by(), "councillor:okafor");
  auto other = Declaration("councils/E1/councillors/ash", "STAND_STAYS");
  EXPECT_EQ(given.When("councillor:okafor", other), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.When(kScrutiny, other), "InterestDeclared");
}

// F53
TEST(DeclareInterest, Refuses) {
  Given given = ScopedReview();
  EXPECT_EQ(
      given.When(kScrutiny, Declaration("councils/E1/councillors/okafor", "STAND_UNSPECIFIED")),
      "INVALID_ARGUMENT INVALID_FIELD stand");
  auto silent = Declaration("councils/E1/councillors/okafor", "STAND_STAYS");
  silent.clear_words();
  EXPECT_EQ(given.When(kScrutiny, silent), "INVALID_ARGUMENT INVALID_FIELD words");
  EXPECT_EQ(given.When(kScrutiny, Declaration("councils/E1/councillors/wu", "STAND_STAYS")),
            "NOT_FOUND NOT_FOUND member");
}

// F52
TEST(CoOptMember, AddsExpertiseForOneReview) {
  Given given = ScopedReview();
  EXPECT_EQ(given.When(kScrutiny, CoOption("victim-support")), "MemberCoOpted");
  ASSERT_EQ(given.review().co_optees_size(), 1);
  EXPECT_EQ(given.review().co_optees(0).expertise(), "victims of crime");
  EXPECT_EQ(given.review().co_optees(0).interest(), "");
  EXPECT_EQ(given.When(kScrutiny, CoOption("reid")), "MemberCoOpted");
  EXPECT_EQ(given.review().co_optees(1).interest(),
            "sits on councils/E1/teams/T1 for councils/E1/agencies/police");
}

// F52
TEST(CoOptMember, Refuses) {
  Given given = ScopedReview();
  EXPECT_EQ(given.When(kOfPolice, CoOption("reid")), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.When(kScrutiny, CoOption("")), "INVALID_ARGUMENT INVALID_FIELD member");
  auto request = CoOption("wu");
  request.clear_expertise();
  EXPECT_EQ(given.When(kScrutiny, request), "INVALID_ARGUMENT INVALID_FIELD expertise");
  request = CoOption("wu");
  request.set_term_ends("2026-06-30");
  EXPECT_EQ(given.When(kScrutiny, request), "INVALID_ARGUMENT INVALID_FIELD term_ends");
  EXPECT_EQ(given.When(kScrutiny, CoOption("councils/E1/councillors/ash")),
            "FAILED_PRECONDITION ALREADY_ON_PANEL member");
  for (int i = 0; i < kMostPanel; ++i) {
    ASSERT_EQ(given.When(kScrutiny, CoOption(absl::StrCat("expert-", i))), "MemberCoOpted");
  }
  EXPECT_EQ(given.When(kScrutiny, CoOption("wu")), "FAILED_PRECONDITION TOO_MANY");
}

v1::JoinCommitteeRequest Joining(const std::string& council) {
  return About<v1::JoinCommitteeRequest>(
      kReview, absl::StrCat("council: '", council, "' committee: 'Communities' ",
                            "consent_by: 'its chair' consent_date: '2026-06-30'"));
}

// F52
TEST(JoinCommittee, LetsItsMembersSitOnThePanel) {
  Given given = ScopedReview();
  EXPECT_EQ(given.When(kScrutiny, Joining("councils/E2")), "CommitteeJoined");
  EXPECT_EQ(given.When(kScrutiny, Joining("councils/E2")), "nothing");
  EXPECT_EQ(given.review().committees(0).consent_by(), "its chair");
  EXPECT_EQ(given.When(kScrutiny, Scope("panel: 'councils/E1/councillors/ash' "
                                        "panel: 'councils/E2/councillors/wu'")),
            "ReviewScoped");
}

// F52
TEST(JoinCommittee, Refuses) {
  Given given = ScopedReview();
  using R = v1::JoinCommitteeRequest;
  auto when = [&](void (*change)(R&)) {
    R request = Joining("councils/E2");
    change(request);
    return given.When(kScrutiny, request);
  };
  EXPECT_EQ(given.When(kOfPolice, Joining("councils/E2")), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when([](R& r) { r.set_council("E2"); }), "INVALID_ARGUMENT INVALID_FIELD council");
  EXPECT_EQ(when([](R& r) { r.set_council("councils/E1"); }),
            "INVALID_ARGUMENT INVALID_FIELD council");
  EXPECT_EQ(when([](R& r) { r.clear_committee(); }), "INVALID_ARGUMENT INVALID_FIELD committee");
  EXPECT_EQ(when([](R& r) { r.clear_consent_by(); }), "INVALID_ARGUMENT INVALID_FIELD consent_by");
  EXPECT_EQ(when([](R& r) { r.set_consent_date("2026-07-02"); }),
            "INVALID_ARGUMENT INVALID_FIELD consent_date");
  EXPECT_EQ(when([](R& r) { r.set_consent_date("yes"); }),
            "INVALID_ARGUMENT INVALID_FIELD consent_date");
  EXPECT_EQ(when([](R& r) { r.set_name("councils/E1/reviews/2026-000009"); }),
            "NOT_FOUND NOT_FOUND name");
  for (int i = 0; i < kMostCommittees; ++i) {
    ASSERT_EQ(given.When(kScrutiny, Joining(absl::StrCat("councils/F", i))), "CommitteeJoined");
  }
  EXPECT_EQ(given.When(kScrutiny, Joining("councils/E2")), "FAILED_PRECONDITION TOO_MANY");
}

// F56
TEST(PublishReport, AnswersEveryQuestionAndEndsTheReview) {
  Given given = HeardReview();
  EXPECT_EQ(given.When(kScrutiny, Report()), "ReportPublished");
  EXPECT_EQ(given.review().report().summary(), "nobody owned the lane");
  EXPECT_EQ(given.review().report().published_by(), kScrutiny);
  EXPECT_EQ(given.When(kScrutiny, Report()), "FAILED_PRECONDITION WRONG_STATE");
}

// F49, F56
TEST(PublishReport, IsWhatRecommendationsCiteWhereAReviewWasScoped) {
  Given given = HeardReview();
  auto make = FromText<v1::MakeRecommendationRequest>(kToBoth);
  EXPECT_EQ(given.When(kScrutiny, make), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(given.When(kScrutiny, Report()), "ReportPublished");
  EXPECT_EQ(given.When(kScrutiny, make), "RecommendationMade");
  EXPECT_EQ(given.recommendation().review(), kReview);
}

// F56
TEST(PublishReport, Refuses) {
  using R = v1::PublishReportRequest;
  Given given = HeardReview();
  auto when = [&](void (*change)(R&)) {
    R request = Report();
    change(request);
    return given.When(kScrutiny, request);
  };
  EXPECT_EQ(given.When(kOfPolice, Report()), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when([](R& r) { r.clear_summary(); }), "INVALID_ARGUMENT INVALID_FIELD summary");
  EXPECT_EQ(when([](R& r) { r.mutable_answers(1)->set_number(3); }),
            "NOT_FOUND NOT_FOUND answers[1].number");
  EXPECT_EQ(when([](R& r) { r.mutable_answers()->RemoveLast(); }),
            "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(when([](R& r) { r.add_votes()->set_member("councils/E1/councillors/ash"); }),
            "INVALID_ARGUMENT INVALID_FIELD votes[0].ballot");
  EXPECT_EQ(DeclaredReview("STAND_STAYS").When(kScrutiny, Report()),
            "FAILED_PRECONDITION GATE_NOT_MET");
}

// F52
TEST(PublishReport, CountsTheVotesOfVotingMembersOnly) {
  Given given = HeardReview("STAND_STEPS_ASIDE");
  EXPECT_EQ(given.When(kScrutiny, CoOption("victim-support")), "MemberCoOpted");
  auto vote = [&](v1::PublishReportRequest& request, const char* member, v1::Ballot ballot) {
    request.add_votes()->set_member(member);
    request.mutable_votes()->rbegin()->set_ballot(ballot);
  };
  v1::PublishReportRequest lost = Report();
  vote(lost, "councils/E1/councillors/ash", v1::BALLOT_AGAINST);
  vote(lost, "councils/E1/councillors/okafor", v1::BALLOT_FOR);
  vote(lost, "victim-support", v1::BALLOT_FOR);
  EXPECT_EQ(given.When(kScrutiny, lost), "FAILED_PRECONDITION NOT_CARRIED votes");
  v1::PublishReportRequest stranger = lost;
  vote(stranger, "somebody", v1::BALLOT_FOR);
  EXPECT_EQ(given.When(kScrutiny, stranger), "INVALID_ARGUMENT INVALID_FIELD votes[3].member");
  v1::PublishReportRequest twice = lost;
  vote(twice, "victim-support", v1::BALLOT_FOR);
  EXPECT_EQ(given.When(kScrutiny, twice), "INVALID_ARGUMENT INVALID_FIELD votes[3].member");
  lost.mutable_votes(0)->set_ballot(v1::BALLOT_FOR);
  EXPECT_EQ(given.When(kScrutiny, lost), "ReportPublished");
  EXPECT_EQ(given.review().report().votes_for(), 1);
  EXPECT_FALSE(given.review().report().votes(2).counted());
}

// F52
RC_GTEST_PROP(CountVotes, IsTheSameHoweverCoOpteesVote, ()) {
  v1::Review review;
  v1::Report report;
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    std::string name = absl::StrCat("member-", i);
    review.mutable_scope()->add_panel()->set_member(name);
    v1::PanelVote& vote = *report.add_votes();
    vote.set_member(name);
    vote.set_ballot(static_cast<v1::Ballot>(*rc::gen::inRange(1, 4)));
  }
  CountVotes(review, report);
  v1::Report with_others = report;
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    v1::PanelVote& vote = *with_others.add_votes();
    vote.set_member(absl::StrCat("co-optee-", i));
    vote.set_ballot(static_cast<v1::Ballot>(*rc::gen::inRange(1, 4)));
  }
  CountVotes(review, with_others);
  RC_ASSERT(with_others.votes_for() == report.votes_for());
  RC_ASSERT(with_others.votes_against() == report.votes_against());
}

}  // namespace
}  // namespace ccfa::scrutiny
