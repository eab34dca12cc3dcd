#include <gtest/gtest.h>

#include "ccfa/intake/v1/events.pb.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

constexpr char kOtherCall[] = "councils/E1/calls/2026-000002";
constexpr char kOther[] = "councils/E1/problems/2026-000002";

std::string Withdraw(Given& given, const std::string& call) {
  intake::v1::Event event;
  event.mutable_call_withdrawn()->set_name(call);
  event.mutable_call_withdrawn()->set_reason("moved away");
  return given.WhenHappened("ccfa.intake.v1", event);
}

Given TwoProblems() {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.WhenRouted(kOtherCall, "south"), "ProblemOpened");
  return given;
}

// F19
TEST(AdmitAgency, OnceIsEnough) {
  EXPECT_EQ(Given().When("system:sara", AdmitAgency{"councils/E1/agencies/police"}), "nothing");
}

// F9, F45
TEST(OpenProblem, QueuesWhatTheCallSaysAndWhatWasTried) {
  v1::Problem problem = QueuedProblem().problem();
  EXPECT_EQ(problem.title(), "Bikes on Osprey Walk");
  EXPECT_EQ(problem.state(), v1::PROBLEM_STATE_QUEUED);
  EXPECT_EQ(problem.rung(), v1::RUNG_TEAM);
  EXPECT_EQ(problem.team(), "councils/E1/teams/north");
  EXPECT_THAT(problem.calls(), ::testing::ElementsAre(kCall));
  ASSERT_EQ(problem.trail_size(), 1);
  EXPECT_EQ(problem.trail(0).what(), "contacted the police before the call");
  EXPECT_EQ(problem.trail(0).result(), "no patrol to spare");
  EXPECT_EQ(TimeText(problem.trail(0).time()), "2026-06-01T00:00Z");
}

// F9
TEST(OpenProblem, OpensNothingForACallThatAProblemHolds) {
  Given given = QueuedProblem();
  EXPECT_EQ(given.WhenRouted(kCall), "nothing");
}

// F9
TEST(OpenProblem, OpensNothingForACallWithdrawnBeforeItsRouteCame) {
  Given given;
  EXPECT_EQ(Withdraw(given, kCall), "CallDetached");
  EXPECT_EQ(Withdraw(given, kCall), "nothing");
  EXPECT_EQ(given.WhenRouted(kCall), "nothing");
}

// F17
TEST(TransferProblem, GoesToTheNewTeamWithItsRunningClock) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.WhenRouted(kCall, "south", "north"), "nothing, ProblemTransferred");
  EXPECT_EQ(given.problem().team(), "councils/E1/teams/south");
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by south 2026-07-29T23:00Z");
}

// F17
TEST(TransferProblem, KeepsAProblemThatGathersOtherCallsToo) {
  Given given = TwoProblems();
  EXPECT_EQ(given.When(kCoordinator,
                       About<v1::AttachCallRequest>(absl::StrCat("call: '", kOtherCall, "'"))),
            "CallAttached");
  EXPECT_EQ(given.WhenRouted(kCall, "south", "north"), "nothing, nothing");
}

// F28
TEST(TakeUpProblem, StartsScanningAndItsClock) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.problem().state(), v1::PROBLEM_STATE_IN_HAND);
  ASSERT_EQ(given.problem().passes_size(), 1);
  EXPECT_EQ(given.problem().passes(0).stage(), v1::STAGE_SCANNING);
  EXPECT_EQ(given.problem().passes(0).by(), kCoordinator);
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-07-29T23:00Z");
}

// F28
TEST(TakeUpProblem, Refuses) {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.When(kCoordinator, About<v1::TakeUpProblemRequest>()),
            "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_EQ(given.When(kCoordinator, About<v1::TakeUpProblemRequest>("etag: '1'")),
            "ABORTED ETAG_MOVED etag");
  EXPECT_EQ(given.When(kCoordinator, FromText<v1::TakeUpProblemRequest>("name: 'x'")),
            "INVALID_ARGUMENT INVALID_FIELD name");
  EXPECT_EQ(given.When(kCoordinator,
                       FromText<v1::TakeUpProblemRequest>(absl::StrCat("name: '", kOther, "'"))),
            "NOT_FOUND NOT_FOUND name");
  Given raised = ProblemWithScrutiny(QueuedProblem());
  EXPECT_EQ(raised.When(kCoordinator, About<v1::TakeUpProblemRequest>()),
            "FAILED_PRECONDITION WITH_SCRUTINY");
}

// F9
TEST(AttachCall, EmptiesTheProblemThatHeldIt) {
  Given given = TwoProblems();
  auto attach =
      About<v1::AttachCallRequest>(absl::StrCat("call: '", kOtherCall, "' reason: 'same bikes'"));
  EXPECT_EQ(given.When(kCoordinator, attach), "CallAttached");
  EXPECT_THAT(given.problem().calls(), ::testing::ElementsAre(kCall, kOtherCall));
  EXPECT_EQ(given.problem(kOther).state(), v1::PROBLEM_STATE_EMPTIED);
  EXPECT_EQ(given.problem(kOther).etag(), given.problem().etag());
  EXPECT_EQ(given.When(kCoordinator, attach), "nothing");
}

// F9
TEST(AttachCall, Refuses) {
  Given given = TwoProblems();
  EXPECT_EQ(given.When(kCoordinator, About<v1::AttachCallRequest>("call: 'councils/E1/calls/9'")),
            "NOT_FOUND NOT_FOUND call");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AttachCallRequest>("call: 'councils/E2/calls/9'")),
            "INVALID_ARGUMENT INVALID_FIELD call");
  EXPECT_EQ(given.When(kCoordinator, FromText<v1::AttachCallRequest>(
                                         absl::StrCat("name: '", kOther, "' call: '", kCall, "'"))),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F9
TEST(DetachCall, EndsAProblemLeftWithoutCallsAndItsClocks) {
  Given given = AcceptedAction();
  EXPECT_EQ(Withdraw(given, kCall), "CallDetached");
  EXPECT_EQ(given.problem().state(), v1::PROBLEM_STATE_EMPTIED);
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.WhenRouted(kCall), "nothing");
}

// F9
TEST(DetachCall, LeavesAProblemThatHasEndedAsItWas) {
  Given given = AssessedProblem();
  EXPECT_EQ(given.When(kCoordinator, About<v1::CloseProblemRequest>("done: 'gates' why: 'quiet'")),
            "ProblemClosed");
  EXPECT_EQ(Withdraw(given, kCall), "nothing");
}

TEST(ListOf, FindsAProblemUnderItsTeamAndState) {
  Given given = TwoProblems();
  auto listed = [&](const std::string& team, v1::ProblemState state) {
    std::vector<std::string> names;
    given.tables().problems.ScanIndex(kProblemsByList, ListOf("E1", team, state) + state::kPartEnd,
                                      "", [&](absl::string_view, const v1::Problem& problem) {
                                        names.push_back(problem.name());
                                        return true;
                                      });
    return names;
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(listed("", v1::PROBLEM_STATE_UNSPECIFIED), ElementsAre(kProblem, kOther));
  EXPECT_THAT(listed("", v1::PROBLEM_STATE_QUEUED), ElementsAre(kOther));
  EXPECT_THAT(listed("councils/E1/teams/north", v1::PROBLEM_STATE_UNSPECIFIED),
              ElementsAre(kProblem));
  EXPECT_THAT(listed("councils/E1/teams/north", v1::PROBLEM_STATE_QUEUED), ElementsAre());
}

}  // namespace
}  // namespace ccfa::sara
