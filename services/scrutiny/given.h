#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "common/testing/given.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/reactions.h"

namespace ccfa::scrutiny {

using ::ccfa::testing::FromText;
using ::ccfa::testing::TimeText;

inline constexpr char kProblem[] = "councils/E1/problems/2026-000001";
inline constexpr char kReferral[] = "councils/E1/referrals/2026-000001";
inline constexpr char kMeeting[] = "councils/E1/meetings/2026-07-15";
inline constexpr char kRecommendation[] = "councils/E1/recommendations/2026-000001";
inline constexpr char kReview[] = "councils/E1/reviews/2026-000001";
inline constexpr char kTeam[] = "councils/E1/teams/T1";
inline constexpr char kPolice[] = "councils/E1/agencies/police";
inline constexpr char kFire[] = "councils/E1/agencies/fire";
inline constexpr char kScrutiny[] = "scrutiny:hart";
inline constexpr char kOfPolice[] = "officer:reid@police";
inline constexpr char kOfFire[] = "officer:ash@fire";

/// Scrutiny's tables and rules, with council E1 open and two agencies admitted, and the states that
/// rules are about.
class Given : public ::ccfa::testing::Given<v1::Event, Tables, Rules> {
 public:
  /// The register says that the council sets these rules; the text form of ScrutinyRules.
  std::string WhenConfigured(const std::string& rules) {
    routing::v1::Event event;
    event.mutable_council_configured()->set_name("councils/E1");
    *event.mutable_council_configured()->mutable_config()->mutable_scrutiny() =
        FromText<config::v1::ScrutinyRules>(rules);
    return WhenHappened("ccfa.routing.v1", event);
  }

  Given() {
    EXPECT_EQ(When("system:scrutiny", OpenCouncil{"councils/E1"}), "CouncilOpened");
    EXPECT_EQ(When("system:scrutiny", AdmitAgency{kPolice}), "AgencyAdmitted");
    EXPECT_EQ(When("system:scrutiny", AdmitAgency{kFire}), "AgencyAdmitted");
    LearnTeam team;
    team.roster.set_team(kTeam);
    team.roster.set_chair("councils/E1/councillors/okafor");
    team.roster.add_seats()->set_agency(kPolice);
    team.roster.mutable_seats(0)->set_officer("reid");
    EXPECT_EQ(When("system:scrutiny", team), "TeamLearned");
  }

  v1::Referral referral(const std::string& name = kReferral) {
    return tables().referrals.Get(name).value_or(v1::Referral());
  }
  v1::Recommendation recommendation() {
    return tables().recommendations.Get(kRecommendation).value_or(v1::Recommendation());
  }
  v1::Meeting meeting() { return tables().meetings.Get(kMeeting).value_or(v1::Meeting()); }

  std::string WhenRaised(const std::string& problem, sara::v1::Rung to = sara::v1::RUNG_SCRUTINY) {
    sara::v1::Event event;
    auto& raised = *event.mutable_problem_raised();
    raised.set_name(problem);
    raised.set_to(to);
    raised.set_reason("no progress");
    raised.set_title("Bikes on Osprey Walk");
    raised.set_category("off-road-bikes");
    raised.set_ward("E05000001");
    raised.set_team(kTeam);
    raised.add_calls("councils/E1/calls/2026-000001");
    raised.add_trail()->set_what("declined action 1");
    return WhenHappened("ccfa.sara.v1", event);
  }
  /// The running clocks but the one that every council has, to consider the partnership.
  std::string Clocks(absl::string_view council) {
    std::vector<std::string> clocks =
        absl::StrSplit(::ccfa::testing::Given<v1::Event, Tables, Rules>::Clocks(council), ", ");
    std::erase_if(clocks, [](const std::string& c) { return absl::StartsWith(c, "consider-"); });
    return absl::StrJoin(clocks, ", ");
  }
  v1::Review review() { return tables().reviews.Get(kReview).value_or(v1::Review()); }
  v1::Partnership partnership() {
    return tables().partnerships.Get("councils/E1").value_or(v1::Partnership());
  }
  std::string WhenScheduled(const std::string& date, const std::string& actor = kScrutiny) {
    v1::ScheduleMeetingRequest request;
    request.set_parent("councils/E1");
    request.set_date(date);
    request.set_committee("Safer Communities");
    return When(actor, request);
  }
  std::string WhenDecided(const std::string& kind) {
    return When(kScrutiny,
                FromText<v1::DecideReferralRequest>(absl::StrCat(
                    "name: '", kReferral, "' decision { reasons: 'attempts were made' ",
                    "reasons_to_caller: 'people have tried' criteria { ", "attempts_made: 'three' ",
                    "partner_informed_and_given_time: 'in May' } kind: ", kind, " }")));
  }
  std::string WhenAnswered(const std::string& actor, const std::string& recipient,
                           const std::string& answer) {
    return When(actor,
                FromText<v1::RespondToRecommendationRequest>(absl::StrCat(
                    "name: '", kRecommendation, "' recipient: '", recipient,
                    "' reasons: 'money' action: 'patrols' owner: 'reid' due_date: '2026-09-30' ",
                    "answer: ", answer)));
  }
};

/// A request about the referral, or the recommendation, with more in its text form.
template <class Request>
Request About(const std::string& name, const std::string& text = "") {
  return FromText<Request>(absl::StrCat("name: '", name, "' ", text));
}

inline constexpr char kToBoth[] =
    "parent: 'councils/E1/referrals/2026-000001' text: 'patrol weekly' "
    "regime: REGIME_CRIME_AND_DISORDER recipients: 'councils/E1/agencies/police' "
    "recipients: 'councils/E1/agencies/fire'";

inline Given ReceivedReferral() {
  Given given;
  EXPECT_EQ(given.WhenRaised(kProblem), "ReferralReceived");
  return given;
}
inline Given ReferralOnAgenda() {
  Given given = ReceivedReferral();
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "MeetingScheduled");
  return given;
}
inline Given ReferralInReview() {
  Given given = ReferralOnAgenda();
  EXPECT_EQ(given.WhenDecided("DECISION_KIND_ACCEPT_FOR_REVIEW"), "ReferralDecided");
  return given;
}
inline Given MadeRecommendation() {
  Given given = ReferralInReview();
  EXPECT_EQ(given.When(kScrutiny, FromText<v1::MakeRecommendationRequest>(kToBoth)),
            "RecommendationMade");
  return given;
}
inline Given AnsweredRecommendation(const std::string& of_police, const std::string& of_fire) {
  Given given = MadeRecommendation();
  EXPECT_EQ(given.WhenAnswered(kOfPolice, kPolice, of_police), "RecommendationAnswered");
  EXPECT_EQ(given.WhenAnswered(kOfFire, kFire, of_fire), "RecommendationAnswered");
  return given;
}

/// What is asked for in a review of the referral: two questions, the panel in text form.
inline v1::ScopeReviewRequest Scope(const std::string& panel) {
  return About<v1::ScopeReviewRequest>(
      kReview, absl::StrCat("terms_of_reference: 'why it goes on' questions: 'who rides?' ",
                            "questions: 'who could stop it?' start_date: '2026-07-20' ",
                            "end_date: '2026-12-01' ", panel));
}
inline v1::DeclareInterestRequest Declaration(const std::string& member, const std::string& stand) {
  return About<v1::DeclareInterestRequest>(
      kReview, absl::StrCat("member: '", member, "' words: 'chairs the team' stand: ", stand));
}
inline v1::CoOptMemberRequest CoOption(const std::string& member) {
  return About<v1::CoOptMemberRequest>(
      kReview,
      absl::StrCat("member: '", member, "' expertise: 'victims of crime' term_ends: '2026-12-01'"));
}
inline v1::RecordSessionRequest Hearing() {
  return About<v1::RecordSessionRequest>(
      kReview, "date: '2026-07-01' attended: 'the panel' heard: 'they come at night'");
}
inline v1::PublishReportRequest Report() {
  return About<v1::PublishReportRequest>(
      kReview,
      "summary: 'nobody owned the lane' answers { number: 1 answer: 'the same few' } "
      "answers { number: 2 answer: 'the landlord' }");
}

/// A review whose panel has the chair of the referral's team on it, and one other.
inline Given ScopedReview() {
  Given given = ReferralInReview();
  EXPECT_EQ(given.When(kScrutiny, Scope("panel: 'councils/E1/councillors/okafor' "
                                        "panel: 'councils/E1/councillors/ash'")),
            "ReviewScoped");
  return given;
}
inline Given DeclaredReview(const std::string& stand) {
  Given given = ScopedReview();
  EXPECT_EQ(given.When("councillor:okafor", Declaration("councils/E1/councillors/okafor", stand)),
            "InterestDeclared");
  return given;
}
inline Given HeardReview(const std::string& stand = "STAND_STAYS") {
  Given given = DeclaredReview(stand);
  EXPECT_EQ(given.When(kScrutiny, Hearing()), "SessionRecorded");
  return given;
}

}  // namespace ccfa::scrutiny
