#include "services/insight/public_call.h"

#include "common/config/defaults.h"
#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

using ::ccfa::testing::EnglandAndWales;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

v1::PublicCall InPublic(const v1::StoryRow& row,
                        const config::v1::CouncilConfig& rules = config::Defaults()) {
  return PublicCallOf(row, rules, EnglandAndWales());
}

/// "IN_HAND, with the neighbourhood team: the team takes it up (28 days of ...)".
std::string InWords(const v1::PublicCall& call) {
  return absl::StrCat(v1::PublicState_Name(call.state()).substr(sizeof("PUBLIC_STATE_") - 1),
                      call.with().empty() ? "" : ", with ", call.with(),
                      call.next().empty() ? "" : ": ", call.next(),
                      call.within().empty() ? "" : " (within ", call.within(),
                      call.within().empty() ? "" : ")");
}
std::string InWords(Given given) {
  return InWords(InPublic(given.Row()));
}

constexpr char kReceived[] =
    "RECEIVED, with the council: the call is accepted, declined or passed on, and whoever called "
    "is told why (within 10 working days of being logged)";

// F79
TEST(PublicCall, SaysHowFarACallHasComeWhoHasItInKindAndWhatIsNextByWhen) {
  const std::string scanning =
      "IN_HAND, with the neighbourhood team: the team finds out what the problem is (within 28 "
      "days of the start of this step)";
  EXPECT_EQ(InWords(LoggedCall()), kReceived);
  EXPECT_EQ(InWords(LoggedCall().Intake(Of("information_asked", kCall, "question: 'which?'"))),
            "WAITING, with whoever logged it: the question is answered");
  EXPECT_EQ(InWords(LoggedCall().Intake(Of("call_parked", kCall))),
            "KEPT, with the council: it comes back by itself when more like it is called about");
  EXPECT_EQ(InWords(AcceptedCall()),
            "ACCEPTED, with the council: the neighbourhood team for it is found");
  EXPECT_EQ(InWords(QueuedProblem()),
            "WITH_TEAM, with the neighbourhood team: the team takes it up");
  EXPECT_EQ(InWords(QueuedProblem().Sara(Of("problem_parked", kProblem))),
            "WITH_TEAM, with the neighbourhood team: the team watches for more of it");
  EXPECT_EQ(InWords(ProblemInHand()), scanning);
  EXPECT_EQ(InWords(ProblemInHand().Sara(Of("problem_raised", kProblem, "to: RUNG_TASKING_GROUP"))),
            "IN_HAND, with the tasking group: the team finds out what the problem is (within 28 "
            "days of the start of this step)");
  EXPECT_EQ(InWords(ReferredProblem()),
            "WITH_SCRUTINY, with overview and scrutiny: it is put on the agenda of a meeting "
            "(within 28 days of being referred)");
  EXPECT_EQ(InWords(LoggedCall().Intake(Of("call_referred_to_service", kCall, "service: 'x'"))),
            "PASSED_ON, with that service");
  EXPECT_EQ(InWords(LoggedCall().Intake(Of("call_referred_to_council", kCall))),
            "PASSED_ON, with the other council: the other council answers");
}

// F79
TEST(PublicCall, FollowsItsProblemThroughTheStagesAndTheCommittee) {
  const struct {
    const char *stage, *next;
  } kSteps[] = {{"STAGE_ANALYSIS", "the team finds out why it happens"},
                {"STAGE_RESPONSE", "agencies agree to actions and do them"},
                {"STAGE_ASSESSMENT", "the team assesses whether it worked"}};
  for (const auto& [stage, next] : kSteps) {
    Given given =
        ProblemInHand().Sara(Of("stage_entered", kProblem, absl::StrCat("stage: ", stage)));
    EXPECT_EQ(InPublic(given.Row()).next(), next);
  }
  Given given = ReferredProblem().Scrutiny(
      Of("referral_placed_on_agenda", kReferral, "meeting: 'councils/E1/meetings/2026-10-01'"));
  EXPECT_EQ(InPublic(given.Row()).next(), "the committee decides at its meeting what it does");
  for (const auto& [kind, next] :
       {std::pair{"DEFER", "it waits in the committee's work programme"},
        std::pair{"ACCEPT_FOR_REVIEW", "the committee recommends, and the agencies answer"}}) {
    given.Scrutiny(Of("referral_decided", kReferral,
                      absl::StrCat("decision { kind: DECISION_KIND_", kind, " }")));
    EXPECT_EQ(InPublic(given.Row()).next(), next);
  }
}

// F79
TEST(PublicCall, SaysHowItEndedAndThatItMayBeSaidNotToBeFixed) {
  const struct {
    const char *event, *more, *standing;
    v1::Outcome outcome;
  } kEnds[] = {
      {"call_closed", "closing { resolved: true done: 'a gate' }",
       "The call has ended: the problem is resolved.", v1::OUTCOME_RESOLVED},
      {"call_closed", "closing { done: 'little' }",
       "The call has ended: the problem is not resolved.", v1::OUTCOME_NOT_RESOLVED},
      {"call_declined", "reason: 'a civil matter'",
       "The council has not taken the call on, and has told whoever called why.",
       v1::OUTCOME_DECLINED},
      {"call_withdrawn", "reason: 'moved away'", "The call was withdrawn.", v1::OUTCOME_WITHDRAWN}};
  for (const auto& [event, more, standing, outcome] : kEnds) {
    const v1::PublicCall call = InPublic(ReferredProblem().Intake(Of(event, kCall, more)).Row());
    EXPECT_EQ(call.state(), v1::PUBLIC_STATE_ENDED);
    EXPECT_EQ(call.standing(), standing);
    EXPECT_EQ(call.outcome(), outcome);
    EXPECT_THAT(call.with(), IsEmpty());
  }
  EXPECT_EQ(InWords(ReferredProblem().Intake(Of("call_closed", kCall, "closing { }"))),
            "ENDED: whoever called may say that it is not fixed, and then it is open again "
            "(within 6 months of its end)");
}

// F5, F22
TEST(PublicCall, SaysNothingOfARulingOrItsAppeal) {
  const Given proposed = LoggedCall().Intake(Of("ruling_proposed", kCall, "reason: 'the ninth'"));
  const Given appealed = LoggedCall().Intake(Of("ruling_appealed", kCall, "grounds: 'it goes on'"));
  EXPECT_EQ(InWords(proposed), kReceived);
  EXPECT_EQ(InWords(appealed), kReceived);
}

// F9, F22
TEST(PublicCall, OfACallThatWasJoinedLooksAsAnyOther) {
  Given given = ProblemInHand()
                    .Intake(Logged("", kOther))
                    .Intake(Of("call_accepted", kOther))
                    .Sara(Of("call_attached", kProblem, absl::StrCat("call: '", kOther, "'")))
                    .Intake(Of("call_joined", kOther, absl::StrCat("problem: '", kProblem, "'")));
  EXPECT_EQ(InWords(InPublic(given.Row(kOther))), InWords(InPublic(given.Row(kCall))));
}

TEST(PublicCall, HasItsNumberAndTwoMonthsInLondon) {
  v1::StoryRow row = LoggedCall().Row();
  *row.mutable_intake()->mutable_log_time() =
      ToProto(absl::FromCivil(absl::CivilHour(2026, 6, 30, 23), absl::UTCTimeZone()));
  const v1::PublicCall call = InPublic(row);
  EXPECT_EQ(call.reference(), "2026-000001");
  EXPECT_EQ(call.log_month(), "2026-07");
  EXPECT_EQ(call.update_month(), "2026-07");
}

TEST(PublicCall, NamesTheTimesThatItsCouncilHasSet) {
  config::v1::CouncilConfig rules = config::Defaults();
  rules.mutable_intake()->mutable_screen()->set_length("3 days");
  EXPECT_EQ(InPublic(LoggedCall().Row(), rules).within(), "3 days of being logged");
  rules.mutable_intake()->mutable_screen()->clear_length();
  EXPECT_THAT(InPublic(LoggedCall().Row(), rules).within(), IsEmpty());
}

/// The same call in every state there is: as one story after another would have left it.
std::vector<v1::StoryRow> InEveryState(const v1::StoryRow& like) {
  std::vector<v1::StoryRow> rows;
  for (int intake = 1; intake <= intake::v1::CallState_MAX; ++intake) {
    for (int problem = 0; problem <= sara::v1::ProblemState_MAX; ++problem) {
      for (int rung = 0; rung <= sara::v1::Rung_MAX; ++rung) {
        v1::StoryRow& row = rows.emplace_back(like);
        row.mutable_intake()->set_state(static_cast<intake::v1::CallState>(intake));
        row.mutable_sara()->set_state(static_cast<sara::v1::ProblemState>(problem));
        row.mutable_sara()->set_rung(static_cast<sara::v1::Rung>(rung));
      }
    }
  }
  return rows;
}

/// The kind of call that a visitor would like to tell from others.
v1::StoryRow Somewhere(const std::string& where, const std::string& what) {
  v1::StoryRow row = ::ccfa::testing::FromText<v1::StoryRow>(absl::StrCat(
      "name: 'councils/E1/calls/2026-000007' intake { log_time { seconds: 1782900000 } details { "
      "category: '",
      what, "' summary: '", what, "' affected: '", what, "' ward: '", where, "' councillor: '",
      where, "' place { text: '", where, "' postcode: '", where, "' } } reason: '", what,
      "' question: '", what, "' referred_to: '", where, "' overdue: '", what,
      "' affected_too: ", what.size(), " thread { text: '", what, "' } exclusion { evidence: '",
      what, "' } caller: '", what, "' } routing { placement { ward: '", where, "' team: '", where,
      "' note: '", where, "' } } sara { problem: '", where, "' team: '", where, "' next: '", what,
      "' overdue: '", what, "' } scrutiny { referral: '", where, "' meeting: '", where,
      "' reasons: '", what, "' overdue: '", what, "' } update_time { seconds: 1783000000 }"));
  return row;
}

// F22, F59
TEST(PublicCall, TellsWhoeverAsksForAllOfThemNothingByWardOrByWhatTheyAreAbout) {
  const auto here = InEveryState(Somewhere("the-lane", "mattresses"));
  const auto there = InEveryState(Somewhere("the-square-behind-the-church", "noise"));
  ASSERT_EQ(here.size(), there.size());
  std::set<std::string> seen;
  for (size_t i = 0; i < here.size(); ++i) {
    const v1::PublicCall call = InPublic(here[i]);
    EXPECT_EQ(call.SerializeAsString(), InPublic(there[i]).SerializeAsString());
    EXPECT_THAT(call.ShortDebugString(), Not(HasSubstr("lane")));
    EXPECT_THAT(call.standing(), Not(IsEmpty())) << here[i].ShortDebugString();
    EXPECT_THAT(call.state(), Not(v1::PUBLIC_STATE_UNSPECIFIED));
    seen.insert(call.standing());
  }
  EXPECT_GT(seen.size(), 10u) << "it says how far they have come all the same";
}

}  // namespace
}  // namespace ccfa::insight
