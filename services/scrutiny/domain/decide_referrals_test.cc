#include <gtest/gtest.h>

#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

using ::testing::ElementsAre;

constexpr char kOther[] = "councils/E1/referrals/2026-000002";

TEST(ReceiveReferral, WaitsWithAClockWhenNoMeetingIsKnown) {
  Given given = ReceivedReferral();
  v1::Referral referral = given.referral();
  EXPECT_EQ(referral.state(), v1::REFERRAL_STATE_RECEIVED);
  EXPECT_EQ(referral.title(), "Bikes on Osprey Walk");
  EXPECT_EQ(referral.reason(), "no progress");
  EXPECT_THAT(referral.calls(), ElementsAre("councils/E1/calls/2026-000001"));
  ASSERT_EQ(referral.trail_size(), 1);
  EXPECT_EQ(referral.trail(0).what(), "declined action 1");
  EXPECT_EQ(given.Clocks("E1"), "agenda of 2026-000001 by 2026-07-29T23:00Z");
}

TEST(ReceiveReferral, GoesOnTheNextMeetingsAgendaAtOnce) {
  Given given;
  EXPECT_EQ(given.WhenScheduled("2026-09-16"), "MeetingScheduled");
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "MeetingScheduled");
  EXPECT_EQ(given.WhenRaised(kProblem), "ReferralReceived");
  EXPECT_EQ(given.referral().state(), v1::REFERRAL_STATE_ON_AGENDA);
  EXPECT_EQ(given.referral().meeting(), kMeeting);
  EXPECT_THAT(given.meeting().referrals(), ElementsAre(kReferral));
  EXPECT_EQ(given.Clocks("E1"), "");
}

TEST(ReceiveReferral, StillMakesTheMeetingOfTodayButNotOfYesterday) {
  Given today;
  EXPECT_EQ(today.WhenScheduled("2026-07-15"), "MeetingScheduled");
  today.WhenItIs("2026-07-15T18:00:00Z");
  EXPECT_EQ(today.WhenRaised(kProblem), "ReferralReceived");
  EXPECT_EQ(today.referral().meeting(), kMeeting);

  Given yesterday;
  EXPECT_EQ(yesterday.WhenScheduled("2026-07-15"), "MeetingScheduled");
  yesterday.WhenItIs("2026-07-15T23:30:00Z");
  EXPECT_EQ(yesterday.WhenRaised(kProblem), "ReferralReceived");
  EXPECT_EQ(yesterday.referral().state(), v1::REFERRAL_STATE_RECEIVED);
}

TEST(ReceiveReferral, IsNothingToDoWhileOneOfTheProblemIsOpen) {
  Given given = ReferralOnAgenda();
  EXPECT_EQ(given.WhenRaised(kProblem), "nothing");
  EXPECT_EQ(given.WhenDecided("DECISION_KIND_RETURN_TO_TEAM"), "ReferralDecided");
  EXPECT_EQ(given.WhenRaised(kProblem), "ReferralReceived");
  EXPECT_EQ(given.referral(kOther).problem(), kProblem);
}

TEST(ReceiveReferral, IsNothingToDoWhileOneOfTheProblemIsDeferred) {
  Given given = ReferralOnAgenda();
  EXPECT_EQ(given.WhenDecided("DECISION_KIND_DEFER"), "ReferralDecided");
  EXPECT_EQ(given.WhenRaised(kProblem), "nothing");
}

TEST(ReceiveReferral, LeavesAFullAgendaForTheMeetingAfterIt) {
  Given given;
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "MeetingScheduled");
  EXPECT_EQ(given.WhenScheduled("2026-09-16"), "MeetingScheduled");
  for (int i = 1; i <= kMostOnAgenda + 1; ++i) {
    ASSERT_EQ(given.WhenRaised(absl::StrCat("councils/E1/problems/", i)), "ReferralReceived");
  }
  EXPECT_EQ(given.meeting().referrals_size(), kMostOnAgenda);
  EXPECT_EQ(given.event().referral_received().meeting(), "councils/E1/meetings/2026-09-16");
}

TEST(ReceiveReferral, DoesNotFollowARaiseToTheTaskingGroup) {
  EXPECT_EQ(Given().WhenRaised(kProblem, sara::v1::RUNG_TASKING_GROUP), "");
}

TEST(ScheduleMeeting, TakesWhatWaitsOnItsAgenda) {
  Given given = ReceivedReferral();
  EXPECT_EQ(given.WhenRaised("councils/E1/problems/2026-000002"), "ReferralReceived");
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "MeetingScheduled");
  EXPECT_THAT(given.meeting().referrals(), ElementsAre(kReferral, kOther));
  EXPECT_EQ(given.meeting().committee(), "Safer Communities");
  EXPECT_EQ(given.referral(kOther).meeting(), kMeeting);
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "nothing");
}

TEST(ScheduleMeeting, Refuses) {
  Given given;
  EXPECT_EQ(given.WhenScheduled("2026-07-15", "councillor:okafor"),
            "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.WhenScheduled("2026-02-30"), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(given.WhenScheduled("2026-06-30"), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(given.When(kScrutiny, FromText<v1::ScheduleMeetingRequest>(
                                      "parent: 'councils/E2' date: '2026-07-15'")),
            "NOT_FOUND NOT_FOUND parent");
  EXPECT_EQ(given.When(kScrutiny, FromText<v1::ScheduleMeetingRequest>("date: '2026-07-15'")),
            "INVALID_ARGUMENT INVALID_FIELD parent");
}

TEST(PlaceOnAgenda, TakesADeferredReferralUpAgain) {
  Given given = ReferralOnAgenda();
  EXPECT_EQ(given.WhenDecided("DECISION_KIND_DEFER"), "ReferralDecided");
  EXPECT_EQ(given.referral().state(), v1::REFERRAL_STATE_DEFERRED);
  EXPECT_EQ(given.WhenScheduled("2026-09-16"), "MeetingScheduled");
  EXPECT_EQ(
      given.When("committee:brand", About<v1::PlaceOnAgendaRequest>(
                                        kReferral, "meeting: 'councils/E1/meetings/2026-09-16'")),
      "ReferralPlacedOnAgenda");
  EXPECT_EQ(given.referral().state(), v1::REFERRAL_STATE_ON_AGENDA);
  EXPECT_EQ(given.referral().meeting(), "councils/E1/meetings/2026-09-16");
}

TEST(PlaceOnAgenda, Refuses) {
  Given given = ReferralOnAgenda();
  auto place = [&](const std::string& meeting, const std::string& actor = kScrutiny) {
    return given.When(actor,
                      About<v1::PlaceOnAgendaRequest>(kReferral, "meeting: '" + meeting + "'"));
  };
  EXPECT_EQ(place(kMeeting), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(given.WhenDecided("DECISION_KIND_DEFER"), "ReferralDecided");
  EXPECT_EQ(place(kMeeting, kOfPolice), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(place("2026-07-15"), "INVALID_ARGUMENT INVALID_FIELD meeting");
  EXPECT_EQ(place("councils/E1/meetings/2026-08-01"), "NOT_FOUND NOT_FOUND meeting");
  EXPECT_EQ(given.When(kScrutiny, About<v1::PlaceOnAgendaRequest>(kReferral, "etag: '1'")),
            "ABORTED ETAG_MOVED etag");
  EXPECT_EQ(given.When(kScrutiny, About<v1::PlaceOnAgendaRequest>(kOther)),
            "NOT_FOUND NOT_FOUND name");
  given.WhenItIs("2026-07-16T09:00:00Z");
  EXPECT_EQ(place(kMeeting), "FAILED_PRECONDITION MEETING_PAST meeting");
}

TEST(DecideReferral, TellsTheReasonsAndWhoDecided) {
  const struct {
    const char* kind;
    v1::ReferralState state;
  } kDecisions[] = {{"DECISION_KIND_ACCEPT_FOR_REVIEW", v1::REFERRAL_STATE_IN_REVIEW},
                    {"DECISION_KIND_DECLINE", v1::REFERRAL_STATE_DECLINED},
                    {"DECISION_KIND_DEFER", v1::REFERRAL_STATE_DEFERRED},
                    {"DECISION_KIND_RETURN_TO_TEAM", v1::REFERRAL_STATE_RETURNED_TO_TEAM}};
  for (const auto& decision : kDecisions) {
    Given given = ReferralOnAgenda();
    EXPECT_EQ(given.WhenDecided(decision.kind), "ReferralDecided");
    EXPECT_EQ(given.event().referral_decided().problem(), kProblem);
    EXPECT_EQ(given.referral().state(), decision.state);
    EXPECT_EQ(given.referral().decision().reasons(), "attempts were made");
    EXPECT_EQ(given.referral().decision().decided_by(), kScrutiny);
    EXPECT_EQ(TimeText(given.referral().decision().time()), "2026-07-01T09:00Z");
  }
}

TEST(DecideReferral, Refuses) {
  Given given = ReferralOnAgenda();
  EXPECT_EQ(given.When(kScrutiny,
                       About<v1::DecideReferralRequest>(kReferral, "decision { reasons: 'x' }")),
            "INVALID_ARGUMENT INVALID_FIELD decision.kind");
  auto decline =
      About<v1::DecideReferralRequest>(kReferral, "decision { kind: DECISION_KIND_DECLINE }");
  EXPECT_EQ(given.When(kScrutiny, decline), "INVALID_ARGUMENT INVALID_FIELD decision.reasons");
  decline.mutable_decision()->set_reasons("one service's matter");
  EXPECT_EQ(given.When(kScrutiny, decline),
            "INVALID_ARGUMENT INVALID_FIELD decision.reasons_to_caller");
  decline.mutable_decision()->set_reasons_to_caller("the highways team will do it");
  EXPECT_EQ(given.When(kScrutiny, decline), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(given.When("coordinator:lee", decline), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(ReceivedReferral().WhenDecided("DECISION_KIND_DECLINE"),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F48
TEST(DecideReferral, StatesWhatElseCameOfTheSameCategoryAndWardOpenOnesFirst) {
  Given given = ReferralOnAgenda();
  EXPECT_EQ(given.WhenDecided("DECISION_KIND_DECLINE"), "ReferralDecided");
  EXPECT_EQ(given.event().referral_decided().decision().similar_size(), 0);
  EXPECT_EQ(given.WhenRaised("councils/E1/problems/2026-000002"), "ReferralReceived");
  EXPECT_EQ(given.WhenRaised("councils/E1/problems/2026-000003"), "ReferralReceived");
  auto decide = [&](const char* name) {
    auto request = About<v1::DecideReferralRequest>(
        name,
        "decision { kind: DECISION_KIND_ACCEPT_FOR_REVIEW reasons: 'again' criteria { "
        "attempts_made: 'two' partner_informed_and_given_time: 'yes' } "
        "similar { name: 'made up' } }");
    EXPECT_EQ(given.When(kScrutiny, request), "ReferralDecided");
    std::vector<std::string> similar;
    for (const auto& other : given.event().referral_decided().decision().similar()) {
      similar.push_back(absl::StrCat(LastId(other.name()), " ",
                                     v1::ReferralState_Name(other.state()).substr(15)));
    }
    return absl::StrJoin(similar, ", ");
  };
  EXPECT_EQ(decide(kOther), "2026-000003 ON_AGENDA, 2026-000001 DECLINED");
  // A year later the first three are no longer recent.
  given.WhenItIs("2027-07-02T09:00:00Z");
  EXPECT_EQ(given.WhenScheduled("2027-07-14"), "MeetingScheduled");
  EXPECT_EQ(given.WhenRaised("councils/E1/problems/2027-000001"), "ReferralReceived");
  EXPECT_EQ(decide("councils/E1/referrals/2027-000001"), "");
}

TEST(AgendaClock, WarnsThenShowsThatNoMeetingTookTheReferral) {
  Given given = ReceivedReferral();
  EXPECT_EQ(given.WhenItIs("2026-07-22T22:59:00Z"), "");
  EXPECT_EQ(given.WhenItIs("2026-07-22T23:00:00Z"), "ClockWarned");
  EXPECT_EQ(given.WhenItIs("2026-07-29T23:00:00Z"), "ClockExpired");
  EXPECT_TRUE(given.referral().agenda_overdue());
  EXPECT_EQ(given.WhenScheduled("2026-09-16"), "MeetingScheduled");
  EXPECT_EQ(given.referral().state(), v1::REFERRAL_STATE_ON_AGENDA);
}

TEST(CloseReferral, EndsAReviewWhoseRecommendationsAreSettled) {
  Given given = AnsweredRecommendation("ANSWER_REJECTED", "ANSWER_REJECTED");
  auto close = About<v1::CloseReferralRequest>(kReferral, "done: 'asked' why: 'refused'");
  EXPECT_EQ(given.When(kScrutiny, close), "ReferralClosed");
  EXPECT_EQ(given.event().referral_closed().problem(), kProblem);
  EXPECT_EQ(given.referral().state(), v1::REFERRAL_STATE_CLOSED);
  EXPECT_EQ(given.referral().closing().by(), kScrutiny);
  EXPECT_FALSE(given.referral().closing().resolved());
}

TEST(CloseReferral, Refuses) {
  Given given = ReferralInReview();
  auto close = About<v1::CloseReferralRequest>(kReferral, "done: 'asked' why: 'refused'");
  EXPECT_EQ(given.When(kScrutiny, About<v1::CloseReferralRequest>(kReferral, "why: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD done");
  EXPECT_EQ(given.When(kScrutiny, About<v1::CloseReferralRequest>(kReferral, "done: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD why");
  EXPECT_EQ(given.When("councillor:okafor", close), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.When(kScrutiny, close), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(MadeRecommendation().When(kScrutiny, close), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(ReferralOnAgenda().When(kScrutiny, close), "FAILED_PRECONDITION WRONG_STATE");
}

}  // namespace
}  // namespace ccfa::scrutiny
