#include "services/insight/history.h"

#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(History, TellsOfACallAndOfWhatItLedTo) {
  Given given = ReferredProblem();
  EXPECT_THAT(given.History(kCall),
              ElementsAre("call logged: Litter in the lane", "call accepted: it persists",
                          "call routed", "problem opened", "problem taken up",
                          "problem raised: scrutiny: two rungs failed", "referral received"));
}

TEST(History, OfAThingLeavesOutWhatLedToIt) {
  Given given = ReferredProblem();
  EXPECT_THAT(given.History(kProblem),
              ElementsAre("problem opened", "problem taken up",
                          "problem raised: scrutiny: two rungs failed", "referral received"));
  EXPECT_THAT(given.History(kReferral), ElementsAre("referral received"));
  EXPECT_THAT(given.History("councils/E1/calls/2026-999999"), IsEmpty());
}

// F3, F5
TEST(History, SaysHowACallWasScreened) {
  Given given = LoggedCall()
                    .Intake(Of("call_classified", kCall,
                               "regime: REGIME_CRIME_AND_DISORDER reason: 'it is arson'"))
                    .Intake(Of("standing_recorded", kCall, "standing: STANDING_LIVES_IN_WARD"))
                    .Intake(Of("harm_assessed", kCall, "harm { score: 40 }"))
                    .Intake(Of("ruling_appealed", kCall, "grounds: 'it goes on'"));
  EXPECT_THAT(given.History(kCall),
              ElementsAre("call logged: Litter in the lane",
                          "call classified: crime and disorder: it is arson",
                          "standing recorded: lives in ward", "harm assessed: 40 of 100",
                          "ruling appealed: it goes on"));
}

TEST(History, OfACallIsNotItsNeighbours) {
  Given given = LoggedCall()
                    .Intake(Logged("", kOther))
                    .Intake(Logged("", absl::StrCat(kCall, "0")))
                    .Intake(Of("call_acknowledged", kOther, "message: 'thank you'"));
  EXPECT_THAT(given.History(kCall), ElementsAre("call logged: Litter in the lane"));
}

TEST(History, OfAProblemHasItsActions) {
  const std::string action = absl::StrCat(kProblem, "/actions/1");
  Given given = ProblemInHand()
                    .Sara(Of("action_proposed", action, "action { description: 'a gate' }"))
                    .Sara(Of("action_declined", action, "reason: 'no money'"));
  EXPECT_THAT(given.History(kProblem),
              ElementsAre("problem opened", "problem taken up", "action proposed: a gate",
                          "action declined: no money"));
  EXPECT_THAT(given.History(action),
              ElementsAre("action proposed: a gate", "action declined: no money"));
}

TEST(History, OfAReferralHasItsMeetingAndItsRecommendations) {
  const std::string recommendation = "councils/E1/recommendations/2026-000001";
  Given given = ReferredProblem()
                    .Scrutiny(Of("meeting_scheduled", "councils/E1/meetings/2026-09-01",
                                 absl::StrCat("referrals: '", kReferral, "'")))
                    .Scrutiny(Of("referral_decided", kReferral, "decision { reasons: 'F57' }"))
                    .Scrutiny(Of("recommendation_made", recommendation,
                                 absl::StrCat("referral: '", kReferral, "' text: 'a gate'")))
                    .Scrutiny(Of("recommendation_completed", recommendation, "outcome: 'it shut'"));
  EXPECT_THAT(given.History(kReferral),
              ElementsAre("referral received", "meeting scheduled", "referral decided: F57",
                          "recommendation made: a gate", "recommendation completed: it shut"));
}

TEST(History, GivesTheReasonWhereverAnEventKeepsIt) {
  const struct {
    const char *event, *more, *told;
  } kEvents[] = {
      {"call_declined", "reason: 'a civil matter'", "call declined: a civil matter"},
      {"call_referred_to_service", "service: 'waste'", "call referred to service: waste"},
      {"information_asked", "question: 'where?'", "information asked: where?"},
      {"information_given", "answer: 'there'", "information given: there"},
      {"call_closed", "closing { why: 'it stopped' }", "call closed: it stopped"},
      {"clock_expired", "clock { kind: 'screen' }", "clock expired: screen"},
      {"reaction_refused", "message: 'there is none' reason: 'NOT_FOUND'",
       "reaction refused: NOT_FOUND"}};
  for (const auto& [event, more, told] : kEvents) {
    EXPECT_THAT(Given().Intake(Of(event, kCall, more)).History(kCall), ElementsAre(told));
  }
}

TEST(History, OfOneInstantKeepsTheOrderOfItsTopic) {
  Given given = LoggedCall();
  given.AtOnce();
  std::vector<std::string> expected = {"call logged: Litter in the lane"};
  // Past nine, so that numbers of one and of two digits meet.
  for (int i = 2; i <= 12; ++i) {
    given.Intake(Of("information_asked", kCall, absl::StrCat("question: 'number ", i, "'")));
    expected.push_back(absl::StrCat("information asked: number ", i));
  }
  EXPECT_EQ(given.History(kCall), expected);
}

TEST(History, NamesWhoTheEventAndWhereItStands) {
  Given given = LoggedCall();
  std::vector<v1::HistoryEntry> history = HistoryOf(given.tables(), kCall);
  ASSERT_EQ(history.size(), 1);
  EXPECT_EQ(history[0].actor(), "coordinator:lee");
  EXPECT_EQ(history[0].subject(), kCall);
  EXPECT_EQ(history[0].type(), "ccfa.intake.v1.CallLogged");
  EXPECT_EQ(history[0].event_id(), "ccfa.intake.v1/0/1");
}

}  // namespace
}  // namespace ccfa::insight
