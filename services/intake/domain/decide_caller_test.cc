#include <gtest/gtest.h>

#include "services/intake/domain/policy.h"
#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

constexpr char kProblem[] = "councils/E1/problems/2026-000007";

v1::AnswerCallerRequest Answer() {
  return AboutCall<v1::AnswerCallerRequest>("answer: 'I ask the landlord for a gate'");
}
v1::ReportNotFixedRequest NotFixed() {
  return AboutCall<v1::ReportNotFixedRequest>("reason: 'the gate stands open'");
}

/// Its problem has ended, as sara says.
Given Closed(Given given) {
  sara::v1::Event closed;
  closed.mutable_problem_closed()->set_name(kProblem);
  closed.mutable_problem_closed()->add_calls(kCall);
  EXPECT_EQ(given.WhenHappened("ccfa.sara.v1", closed), "CallClosed");
  return given;
}
Given ClosedCall() {
  return Closed(AcceptedCall());
}
Given JoinedCall() {
  Given given = AcceptedCall();
  EXPECT_EQ(given.When("system:sara", JoinCall{kCall, kProblem, "the same yard"}), "CallJoined");
  return given;
}

/// A council that gives its councillors ten working days to answer a caller.
Given WithDutyToAnswer() {
  Given given;
  EXPECT_EQ(given.WhenConfigured("councillor_answer { length: '10 working days' }"),
            "CouncilConfigured");
  return given;
}
constexpr char kCouncillorsDuty[] = "councillor-answer of 2026-000001 by 2026-07-15T23:00Z";

using ::testing::HasSubstr;
using ::testing::Not;

// F6
TEST(AnswerCaller, IsNoDutyUnlessTheCouncilMakesItOne) {
  Given given = LoggedCall("regime: REGIME_CRIME_AND_DISORDER");
  EXPECT_THAT(given.Clocks("E1"), Not(HasSubstr("councillor-answer")));
  EXPECT_EQ(given.When(kCouncillor, Answer()), "CallerAnswered");
}

// F6, F3
TEST(AnswerCaller, IsADutyInMattersOfCrimeAndDisorder) {
  for (const char* regime : {"REGIME_CRIME_AND_DISORDER", "REGIME_BOTH"}) {
    Given given = WithDutyToAnswer();
    EXPECT_EQ(given.When(kCouncillor, NewCall(absl::StrCat("regime: ", regime))), "CallLogged");
    EXPECT_THAT(given.Clocks("E1"), HasSubstr(kCouncillorsDuty)) << regime;
  }
  for (const char* more :
       {"regime: REGIME_OTHER_MATTER", "", "regime: REGIME_BOTH source: SOURCE_IMPORT"}) {
    Given given = WithDutyToAnswer();
    EXPECT_EQ(given.When(kCouncillor, NewCall(more)), "CallLogged");
    EXPECT_THAT(given.Clocks("E1"), Not(HasSubstr("councillor-answer"))) << more;
  }
}

// F6, F3
TEST(AnswerCaller, BeginsAndEndsAsADutyWithTheLawTheCallFallsUnder) {
  Given given = WithDutyToAnswer();
  EXPECT_EQ(given.When(kCouncillor, NewCall()), "CallLogged");
  auto classify = [&](const std::string& regime) {
    return given.When(kCoordinator, AboutCall<v1::ClassifyCallRequest>(
                                        absl::StrCat("reason: 'x' regime: REGIME_", regime)));
  };
  EXPECT_EQ(classify("CRIME_AND_DISORDER"), "CallClassified");
  EXPECT_THAT(given.Clocks("E1"), HasSubstr(kCouncillorsDuty));
  EXPECT_EQ(classify("BOTH"), "CallClassified");
  EXPECT_THAT(given.Clocks("E1"), HasSubstr(kCouncillorsDuty)) << "it runs on";
  EXPECT_EQ(classify("OTHER_MATTER"), "CallClassified");
  EXPECT_THAT(given.Clocks("E1"), Not(HasSubstr("councillor-answer")));
}

// F6
TEST(AnswerCaller, StopsTheClockWhichRunsOnBeyondAcceptance) {
  Given given = WithDutyToAnswer();
  EXPECT_EQ(given.When(kCouncillor, NewCall("regime: REGIME_BOTH")), "CallLogged");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AcceptCallRequest>(kTwoServices)),
            "CallAccepted");
  EXPECT_EQ(given.Clocks("E1"), kCouncillorsDuty);
  EXPECT_EQ(given.When(kCouncillor, Answer()), "CallerAnswered");
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_TRUE(given.call().has_answer_time());
  EXPECT_EQ(given.call().thread(0).text(), "I ask the landlord for a gate");
}

// F6
TEST(AnswerCaller, IsForTheCallsCouncillorWhileItIsOpen) {
  constexpr char kNotTheirs[] = "PERMISSION_DENIED NOT_CALLS_COUNCILLOR";
  Given given = LoggedCall("councillor: 'councils/E1/councillors/okafor'");
  EXPECT_EQ(given.When("councillor:patel", Answer()), kNotTheirs);
  EXPECT_EQ(given.When(kCoordinator, Answer()), kNotTheirs);
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::AnswerCallerRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD answer");
  EXPECT_EQ(DeclinedCall().When(kCouncillor, Answer()), kWrongState);
}

// F9, F62
TEST(TellCaller, KeepsEachCallersOwnThreadWhateverItWasJoinedTo) {
  Given given = JoinedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::TellCallerRequest>("message: 'a gate'")),
            "CallerTold");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::NoteReplyRequest>("reply: 'at last'")),
            "ReplyNoted");
  ASSERT_EQ(given.call().thread_size(), 2);
  EXPECT_EQ(given.call().thread(0).by(), kCoordinator);
  EXPECT_FALSE(given.call().thread(0).from_caller());
  EXPECT_EQ(given.call().thread(1).text(), "at last");
  EXPECT_TRUE(given.call().thread(1).from_caller());
}

// F9, F62
TEST(TellCaller, IsPossibleAfterTheEnd) {
  for (Given given : {ClosedCall(), DeclinedCall()}) {
    EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::TellCallerRequest>("message: 'sorry'")),
              "CallerTold");
    EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::NoteReplyRequest>("reply: 'a pity'")),
              "ReplyNoted");
  }
}

// F9
TEST(TellCaller, NeedsWordsAndRoom) {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::TellCallerRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD message");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::NoteReplyRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reply");
  auto tell = AboutCall<v1::TellCallerRequest>("message: 'soon'");
  for (int i = 0; i < kMostThread; ++i) EXPECT_EQ(given.When(kCoordinator, tell), "CallerTold");
  EXPECT_EQ(given.When(kCoordinator, tell), "FAILED_PRECONDITION TOO_MANY");
}

// F63
TEST(ReportNotFixed, OpensTheCallAgainAndNamesItsProblem) {
  Given given = ClosedCall();
  EXPECT_EQ(given.When(kCouncillor, NotFixed()), "CallReopened");
  EXPECT_EQ(given.event().call_reopened().problem(), kProblem);
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_ACCEPTED);
  EXPECT_FALSE(given.call().has_closing());
  EXPECT_EQ(given.call().times_reopened(), 1);
  EXPECT_EQ(given.When(kCouncillor, NotFixed()), kWrongState) << "it is open";
  EXPECT_EQ(Closed(given).When(kCouncillor, NotFixed()), "CallReopened") << "and may end again";
}

// F63, F9
TEST(ReportNotFixed, LeavesAJoinedCallJoined) {
  Given given = Closed(JoinedCall());
  EXPECT_EQ(given.When(kCouncillor, NotFixed()), "CallReopened");
  EXPECT_EQ(given.call().state(), v1::CALL_STATE_JOINED);
  EXPECT_EQ(given.call().joined_to(), kProblem);
}

// F63
TEST(ReportNotFixed, IsForClosedCallsOnlyAndNeedsAReason) {
  for (Given given : {LoggedCall(), AcceptedCall(), DeclinedCall()}) {
    EXPECT_EQ(given.When(kCouncillor, NotFixed()), kWrongState);
  }
  EXPECT_EQ(ClosedCall().When(kCouncillor, AboutCall<v1::ReportNotFixedRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD reason");
}

// F63, F47
TEST(ReportNotFixed, IsRefusedWhenItsTimeHasPassed) {
  Given given = ClosedCall();
  given.WhenItIs("2027-01-01T23:59:59Z");
  EXPECT_EQ(Given(given).When(kCouncillor, NotFixed()), "CallReopened");
  given.WhenItIs("2027-01-02T00:00:00Z");
  EXPECT_EQ(given.When(kCouncillor, NotFixed()), "FAILED_PRECONDITION TOO_LATE");
}

// F63, F47
TEST(ReportNotFixed, HasTheTimeItsCouncilSetsWhenItIsClosed) {
  Given given = AcceptedCall();
  EXPECT_EQ(given.WhenConfigured("not_fixed_within: '2 weeks'"), "CouncilConfigured");
  given = Closed(given);
  EXPECT_EQ(TimeText(given.call().not_fixed_until()), "2026-07-15T23:00Z");
}

// F65
TEST(SayAffected, CountsEachOfThem) {
  Given given = JoinedCall();
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::SayAffectedRequest>("request_id: 'a'")),
            "AffectedSaid");
  EXPECT_EQ(given.event().affected_said().problem(), kProblem);
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::SayAffectedRequest>("request_id: 'b'")),
            "AffectedSaid");
  EXPECT_EQ(given.event().affected_said().count(), 2);
  EXPECT_EQ(given.call().affected_too(), 2);
}

// F65
TEST(SayAffected, IsOfOpenCallsAndNamesWhoeverSaysIt) {
  EXPECT_EQ(LoggedCall().When(kCouncillor, AboutCall<v1::SayAffectedRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD request_id");
  EXPECT_EQ(ClosedCall().When(kCouncillor, AboutCall<v1::SayAffectedRequest>("request_id: 'a'")),
            kWrongState);
}

}  // namespace
}  // namespace ccfa::intake
