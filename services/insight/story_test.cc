#include "services/insight/story.h"

#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kTeam[] = "councils/E1/teams/T1";

TEST(Story, SaysWhoHasACallAndWhatIsNextAsItIsScreened) {
  EXPECT_EQ(LoggedCall().Outlook(),
            "LOGGED, with screening: the caller is told that it was received, and the call is "
            "screened");
  EXPECT_EQ(LoggedCall().Intake(Of("call_acknowledged", kCall)).Outlook(),
            "LOGGED, with screening: the call is accepted, declined or referred");
  Given asked = LoggedCall().Intake(Of("information_asked", kCall, "question: 'which yard?'"));
  EXPECT_EQ(asked.Outlook(),
            "MORE_INFORMATION_NEEDED, with councils/E1/councillors/okafor: answer: which yard?");
  EXPECT_EQ(asked.Intake(Of("information_given", kCall, "answer: 'the left'")).Outlook(),
            LoggedCall().Outlook());
  EXPECT_EQ(AcceptedCall().Outlook(), "ACCEPTED, with routing: its ward and team are found");
}

// F5, F79
TEST(Story, TellsOfARulingAndItsAppeal) {
  Given given =
      LoggedCall().Intake(Of("ruling_proposed", kCall, "reason: 'the ninth' evidence: 'the log'"));
  EXPECT_EQ(given.Outlook(),
            "RULING_PROPOSED, with scrutiny or an administrator: another person than "
            "coordinator:lee confirms or rejects that it is not reasonable");
  given.Intake(Of("ruling_confirmed", kCall,
                  "reason: 'nothing new' exclusion { evidence: 'the log' limb: "
                  "EXCLUSION_LIMB_VEXATIOUS_DISCRIMINATORY_OR_NOT_REASONABLE }"));
  EXPECT_EQ(given.Story().state(), v1::STORY_STATE_DECLINED);
  EXPECT_EQ(given.Story().reason(), "nothing new");
  EXPECT_EQ(given.Story().exclusion().evidence(), "the log");
  given.Intake(Of("ruling_appealed", kCall, "grounds: 'it goes on'"));
  EXPECT_EQ(given.Outlook(),
            "APPEALED, with scrutiny or an administrator: somebody who took no part decides the "
            "appeal");
  given.Intake(Of("appeal_decided", kCall, "upheld: true reason: 'nobody looked'"));
  EXPECT_EQ(given.Story().state(), v1::STORY_STATE_LOGGED);
  EXPECT_FALSE(given.Story().has_exclusion());
  EXPECT_TRUE(given.Story().ruling().upheld());
}

// F5
TEST(Story, GoesBackToScreeningWhenARulingIsRejectedAndStaysDeclinedWhenAnAppealIs) {
  Given proposed = LoggedCall().Intake(Of("ruling_proposed", kCall));
  EXPECT_EQ(proposed.Intake(Of("ruling_rejected", kCall, "reason: 'a point'")).Story().state(),
            v1::STORY_STATE_LOGGED);
  Given appealed = LoggedCall().Intake(Of("ruling_appealed", kCall));
  EXPECT_EQ(appealed.Intake(Of("appeal_decided", kCall, "reason: 'no'")).Story().state(),
            v1::STORY_STATE_DECLINED);
}

// F5, F47
TEST(Story, CountsAnUndecidedAppealAsLateAndAMissedOneAsNobodys) {
  auto expired = [](const std::string& kind) {
    return LoggedCall()
        .Intake(Of("clock_expired", kCall, absl::StrCat("clock { kind: '", kind, "' }")))
        .Overdue();
  };
  EXPECT_THAT(expired("appeal"), IsEmpty());
  EXPECT_THAT(expired("decide-appeal"), ElementsAre("to decide the appeal"));
}

// F2, F3, F7
TEST(Story, ShowsTheLawTheStandingAndTheServicesOfACall) {
  Given given = LoggedCall()
                    .Intake(Of("call_classified", kCall, "regime: REGIME_BOTH"))
                    .Intake(Of("standing_recorded", kCall, "standing: STANDING_WORKS_IN_WARD"))
                    .Intake(Of("call_accepted", kCall, "multi_agency { services: 'waste' }"));
  EXPECT_EQ(given.Story().details().regime(), intake::v1::REGIME_BOTH);
  EXPECT_EQ(given.Story().details().standing(), intake::v1::STANDING_WORKS_IN_WARD);
  EXPECT_EQ(given.Story().multi_agency().services(0), "waste");
}

// F4
TEST(Story, ShowsTheExclusionACallWasDeclinedBy) {
  Given given = LoggedCall().Intake(
      Of("call_declined", kCall, "reason: 'no' exclusion { evidence: 'PA/1' }"));
  EXPECT_EQ(given.Story().exclusion().evidence(), "PA/1");
}

// F9, F6
TEST(Story, KeepsACallersOwnThreadAfterItIsJoined) {
  Given given = LoggedCall()
                    .Intake(Of("caller_answered", kCall, "answer: 'I ask the landlord'"))
                    .Intake(Of("call_joined", kCall))
                    .Intake(Of("caller_told", kCall, "message: 'a gate is ordered'"))
                    .Intake(Of("reply_noted", kCall, "reply: 'at last'"));
  v1::CallStory story = given.Story();
  ASSERT_EQ(story.thread_size(), 3);
  EXPECT_EQ(story.thread(0).text(), "I ask the landlord");
  EXPECT_FALSE(story.thread(1).from_caller());
  EXPECT_EQ(story.thread(2).text(), "at last");
  EXPECT_TRUE(story.thread(2).from_caller());
  EXPECT_EQ(given.Story(kOther).thread_size(), 0);
}

// F11, F65
TEST(Story, ShowsHowBadItIsWithItsPartsAndHowManyItAffects) {
  Given given =
      LoggedCall()
          .Intake(Of("harm_assessed", kCall,
                     "harm { score: 40 parts { kind: HARM_KIND_IMPACT level: 2 words: 'fear' } }"))
          .Intake(Of("affected_said", kCall, "count: 7"));
  EXPECT_EQ(given.Story().harm().score(), 40);
  EXPECT_EQ(given.Story().harm().parts(0).words(), "fear");
  EXPECT_EQ(given.Story().harm().assessed_by(), "coordinator:lee");
  EXPECT_EQ(given.Story().affected_too(), 7);
}

// F63
TEST(Story, OfACallThatIsNotFixedIsOpenAgain) {
  auto reopened = [](Given given) {
    return given.Intake(Of("call_closed", kCall, "closing { resolved: true done: 'a gate' }"))
        .Intake(Of("call_reopened", kCall, "reason: 'it stands open'"))
        .Story();
  };
  EXPECT_EQ(reopened(AcceptedCall()).state(), v1::STORY_STATE_ACCEPTED);
  EXPECT_EQ(reopened(AcceptedCall()).reason(), "not fixed: it stands open");
  EXPECT_EQ(reopened(AcceptedCall().Intake(Of("call_joined", kCall))).state(),
            v1::STORY_STATE_JOINED);
}

TEST(Story, AsksWhoeverLoggedACallThatHasNoCouncillor) {
  Given given =
      Given().Intake(Logged()).Intake(Of("information_asked", kCall, "question: 'which yard?'"));
  EXPECT_EQ(given.Story().with(), "whoever logged it");
}

TEST(Story, SaysWhyACallWaitsInTriage) {
  Given given = AcceptedCall().Routing(
      Of("call_triaged", kCall,
         "placement { state: PLACEMENT_STATE_IN_TRIAGE note: 'No team covers ward W1.' }"));
  EXPECT_EQ(given.Outlook(), "TRIAGE, with triage: somebody places it by hand");
  EXPECT_EQ(given.Story().reason(), "No team covers ward W1.");
  EXPECT_EQ(given.Story().ward(), "councils/E1/wards/W9") << "as the caller gave it";
}

TEST(Story, SaysWhereACallWasRouted) {
  Given given = RoutedCall();
  EXPECT_EQ(given.Outlook(), absl::StrCat("ROUTED, with ", kTeam, ": the team takes it up"));
  EXPECT_EQ(given.Story().ward(), "councils/E1/wards/W1") << "as routed, not as the caller gave it";
  EXPECT_EQ(given.Story().team(), kTeam);
  EXPECT_EQ(given.Story().reason(), "it persists");
}

TEST(Story, FollowsItsProblemThroughTheStages) {
  const struct {
    const char *stage, *next;
  } kStages[] = {{"STAGE_ANALYSIS", "the team finds out why it happens"},
                 {"STAGE_RESPONSE", "agencies agree to actions and do them"},
                 {"STAGE_ASSESSMENT", "the team assesses whether it worked"}};
  EXPECT_EQ(QueuedProblem().Outlook(), RoutedCall().Outlook());
  Given given = ProblemInHand();
  EXPECT_EQ(given.Outlook(),
            absl::StrCat("IN_HAND, with ", kTeam, ": the team finds out what the problem is"));
  EXPECT_EQ(given.Story().problem(), kProblem);
  for (const auto& [stage, next] : kStages) {
    given.Sara(Of("stage_entered", kProblem, absl::StrCat("stage: ", stage)));
    EXPECT_EQ(given.Outlook(), absl::StrCat("IN_HAND, with ", kTeam, ": ", next));
  }
  EXPECT_EQ(given.Story().stage(), "assessment");
}

TEST(Story, WaitsForTheAgencyThatWasAsked) {
  const std::string action = absl::StrCat(kProblem, "/actions/1");
  Given given = ProblemInHand().Sara(Of("stage_entered", kProblem, "stage: STAGE_RESPONSE"));
  const std::string before = given.Story().next();
  given.Sara(Of("action_proposed", action, "action { agency: 'councils/E1/agencies/police' }"));
  EXPECT_EQ(given.Story().next(), "police accepts or declines an action");
  given.Sara(Of("action_accepted", action));
  EXPECT_EQ(given.Story().next(), "the accepted action is done");
  given.Sara(Of("action_completed", action, "result: 'done'"));
  EXPECT_EQ(given.Story().next(), before);
}

TEST(Story, ClimbsTheRungsAndComesBack) {
  Given given = ProblemInHand().Sara(Of("problem_raised", kProblem, "to: RUNG_TASKING_GROUP"));
  EXPECT_EQ(given.Story().with(), "tasking group");
  given = ReferredProblem();
  EXPECT_EQ(given.Outlook(),
            "WITH_SCRUTINY, with overview and scrutiny: the referral is put on an agenda");
  EXPECT_EQ(given.Story().referral(), kReferral);
  given.Sara(Of("problem_returned", kProblem, "reason: 'not yet'"));
  EXPECT_EQ(given.Outlook(), ProblemInHand().Outlook());
}

TEST(Story, FollowsItsReferralThroughTheCommittee) {
  Given given = ReferredProblem();
  given.Scrutiny(Of("meeting_scheduled", "councils/E1/meetings/2026-09-01",
                    absl::StrCat("referrals: '", kReferral, "'")));
  EXPECT_EQ(given.Story().next(), "the committee decides on 2026-09-01");
  given.Scrutiny(Of("referral_decided", kReferral, "decision { kind: DECISION_KIND_DEFER }"));
  EXPECT_EQ(given.Story().next(), "it waits in the committee's work programme");
  given.Scrutiny(
      Of("referral_placed_on_agenda", kReferral, "meeting: 'councils/E1/meetings/2026-10-01'"));
  EXPECT_EQ(given.Story().next(), "the committee decides on 2026-10-01");
  given.Scrutiny(
      Of("referral_decided", kReferral, "decision { kind: DECISION_KIND_ACCEPT_FOR_REVIEW }"));
  EXPECT_EQ(given.Story().next(), "the committee recommends, and the agencies answer");
}

TEST(Story, OfAJoinedCallGoesWhereItsProblemGoes) {
  Given given = ProblemInHand()
                    .Intake(Logged("", kOther))
                    .Intake(Of("call_accepted", kOther))
                    .Sara(Of("call_attached", kProblem, absl::StrCat("call: '", kOther, "'")))
                    .Intake(Of("call_joined", kOther, absl::StrCat("problem: '", kProblem, "'")));
  EXPECT_EQ(given.Outlook(kOther),
            absl::StrCat("JOINED, with ", kTeam, ": the team finds out what the problem is"));
  given.Sara(Of("stage_entered", kProblem, "stage: STAGE_ANALYSIS"));
  EXPECT_EQ(given.Story(kOther).next(), given.Story(kCall).next());
  EXPECT_EQ(given.Story(kOther).problem(), kProblem);
}

TEST(Story, OfACallThatLeftItsProblemFollowsItNoMore) {
  Given given = ProblemInHand()
                    .Sara(Of("call_detached", kProblem, absl::StrCat("call: '", kCall, "'")))
                    .Intake(Of("call_withdrawn", kCall, "reason: 'it has stopped'"))
                    .Sara(Of("stage_entered", kProblem, "stage: STAGE_ASSESSMENT"));
  EXPECT_EQ(given.Outlook(), "WITHDRAWN, with : ");
  EXPECT_EQ(given.Story().stage(), "scanning");
}

TEST(Story, EndsWithNobodyAndNothingNext) {
  const struct {
    const char *event, *more, *state;
  } kEnds[] = {{"call_declined", "reason: 'a civil matter'", "DECLINED"},
               {"call_referred_to_service", "service: 'waste'", "REFERRED_TO_SERVICE"},
               {"call_withdrawn", "", "WITHDRAWN"},
               {"call_closed", "closing { resolved: true }", "RESOLVED"},
               {"call_closed", "closing { }", "NOT_RESOLVED"}};
  for (const auto& [event, more, state] : kEnds) {
    EXPECT_EQ(ReferredProblem().Intake(Of(event, kCall, more)).Outlook(),
              absl::StrCat(state, ", with : "));
  }
}

TEST(Story, SaysWhatIsOverdueAndWhoIsLate) {
  auto expired = [](const std::string& subject, const std::string& clock) {
    return Of("clock_expired", subject,
              absl::StrCat("clock { subject: '", subject, "' ", clock, "}"));
  };
  const std::string recommendation = "councils/E1/recommendations/2026-000001";
  Given given = ReferredProblem();
  EXPECT_THAT(given.Overdue(), IsEmpty());
  given
      .Scrutiny(
          Of("recommendation_made", recommendation, absl::StrCat("referral: '", kReferral, "'")))
      .Scrutiny(expired(recommendation, "kind: 'respond' owner: 'councils/E1/agencies/housing'"))
      .Scrutiny(expired(kReferral, "kind: 'agenda'"))
      .Sara(expired(absl::StrCat(kProblem, "/actions/1"),
                    "kind: 'due-action' owner: 'councils/E1/agencies/police'"))
      .Intake(expired(kCall, "kind: 'acknowledge'"));
  EXPECT_THAT(given.Overdue(), ElementsAre("to acknowledge", "police to due-action",
                                           "housing to respond", "to agenda"));
}

TEST(Story, IsAsOldAsTheLastEventAboutIt) {
  Given given = ReferredProblem();
  absl::Time logged = FromProto(given.Story().log_time());
  EXPECT_EQ(FromProto(given.Story().update_time()) - logged, absl::Minutes(6));
  EXPECT_EQ(given.Story().etag(), "2") << "intake's version: what intake's next change asks for";
}

}  // namespace
}  // namespace ccfa::insight
