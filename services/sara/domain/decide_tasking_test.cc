#include <gtest/gtest.h>

#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

constexpr char kTasking[] = "tasking:sno";
constexpr char kCommitments[] =
    "answer: 'two patrols' commitments { agency: 'councils/E1/agencies/police' "
    "what: 'two patrols each weekend' by_date: '2026-08-01' officer: 'reid' }";

Given ProblemWithTaskingGroup() {
  Given given = ProblemInResponse();
  EXPECT_EQ(given.When(kCoordinator, About<v1::RaiseProblemRequest>("reason: 'beyond us'")),
            "ProblemRaised");
  EXPECT_EQ(given.problem().rung(), v1::RUNG_TASKING_GROUP);
  return given;
}

std::string LastOfTrail(const Given& given) {
  v1::Problem problem = Given(given).problem();
  const v1::TrailEntry& last = problem.trail(problem.trail_size() - 1);
  return absl::StrCat(last.who(), " ", last.what(), ": ", last.result());
}

// F30, F45
TEST(CommitResources, GivesItBackToTheTeamWithWhoCommitsWhat) {
  Given given = ProblemWithTaskingGroup();
  given.WhenItIs("2026-07-06T09:00:00Z");
  EXPECT_EQ(given.When(kTasking, About<v1::CommitResourcesRequest>(kCommitments)),
            "ResourcesCommitted");
  EXPECT_EQ(given.problem().rung(), v1::RUNG_TEAM);
  ASSERT_EQ(given.problem().commitments_size(), 1);
  EXPECT_EQ(given.problem().commitments(0).officer(), "reid");
  EXPECT_EQ(given.Clocks("E1"), "stage of 2026-000001 by north 2026-08-03T23:00Z");
  EXPECT_EQ(LastOfTrail(given),
            "tasking:sno police commits two patrols each weekend by 2026-08-01: two patrols");
}

// F30
TEST(CommitResources, Refuses) {
  Given given = ProblemWithTaskingGroup();
  EXPECT_EQ(given.When(kCoordinator, About<v1::CommitResourcesRequest>(kCommitments)),
            "PERMISSION_DENIED NOT_TASKING_GROUP");
  EXPECT_EQ(given.When(kTasking, About<v1::CommitResourcesRequest>("answer: 'yes'")),
            "INVALID_ARGUMENT INVALID_FIELD commitments");
  auto when = [&](void (*change)(v1::Commitment&)) {
    auto request = About<v1::CommitResourcesRequest>(kCommitments);
    change(*request.mutable_commitments(0));
    return given.When(kTasking, request);
  };
  using C = v1::Commitment;
  EXPECT_EQ(when([](C& c) { c.clear_what(); }), "INVALID_ARGUMENT INVALID_FIELD commitments");
  EXPECT_EQ(when([](C& c) { c.set_agency("police"); }),
            "INVALID_ARGUMENT INVALID_FIELD commitments");
  EXPECT_EQ(when([](C& c) { c.set_agency("councils/E1/agencies/fire"); }),
            "NOT_FOUND NOT_FOUND commitments");
  EXPECT_EQ(when([](C& c) { c.set_by_date("soon"); }),
            "INVALID_ARGUMENT INVALID_FIELD commitments");
  EXPECT_EQ(when([](C& c) { c.set_by_date("2026-06-30"); }),
            "INVALID_ARGUMENT INVALID_FIELD commitments");
  auto speechless = About<v1::CommitResourcesRequest>(kCommitments);
  speechless.clear_answer();
  EXPECT_EQ(given.When(kTasking, speechless), "INVALID_ARGUMENT INVALID_FIELD answer");
  EXPECT_EQ(ProblemInResponse().When(kTasking, About<v1::CommitResourcesRequest>(kCommitments)),
            "FAILED_PRECONDITION NOT_WITH_TASKING_GROUP");
}

// F30
TEST(SendBackProblem, GivesItBackToTheTeamWithAnInstruction) {
  Given given = ProblemWithTaskingGroup();
  EXPECT_EQ(given.When(kTasking, About<v1::SendBackProblemRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD instruction");
  auto send_back = About<v1::SendBackProblemRequest>("instruction: 'ask the landlord first'");
  EXPECT_EQ(given.When(kCoordinator, send_back), "PERMISSION_DENIED NOT_TASKING_GROUP");
  EXPECT_EQ(given.When(kTasking, send_back), "ProblemSentBack");
  EXPECT_EQ(given.problem().rung(), v1::RUNG_TEAM);
  EXPECT_EQ(LastOfTrail(given), "tasking:sno sent it back to the team: ask the landlord first");
  EXPECT_EQ(given.When(kTasking, send_back), "FAILED_PRECONDITION NOT_WITH_TASKING_GROUP");
}

// F30, F45
TEST(RaiseProblem, IsForTheTaskingGroupWhileItHasTheProblem) {
  auto raise = About<v1::RaiseProblemRequest>("reason: 'nobody has the money'");
  EXPECT_EQ(ProblemInResponse().When(kTasking, raise), "PERMISSION_DENIED MAY_NOT_RAISE");
  Given given = ProblemWithTaskingGroup();
  EXPECT_EQ(given.When(kTasking, raise), "ProblemRaised");
  EXPECT_EQ(given.event().problem_raised().to(), v1::RUNG_SCRUTINY);
  EXPECT_EQ(given.event().problem_raised().cause(), v1::RAISE_CAUSE_TASKING_GROUP);
  EXPECT_GT(given.event().problem_raised().trail_size(), 3);
}

}  // namespace
}  // namespace ccfa::sara
