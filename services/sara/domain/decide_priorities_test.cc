#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "services/sara/domain/agenda.h"
#include "services/sara/domain/priorities.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

using ::testing::ElementsAre;

constexpr char kNorth[] = "councils/E1/teams/north";

std::string ProblemNumber(int number) {
  return absl::StrCat("councils/E1/problems/2026-00000", number);
}

KnowTeam North(const std::vector<std::string>& wards = {"W1"}) {
  KnowTeam know;
  know.team.set_name(kNorth);
  know.team.set_priorities_at_once(2);
  for (const std::string& ward : wards) know.team.add_wards(ward);
  return know;
}

/// Three problems of one call each, of which so many people said that they are affected.
Given ThreeProblems(const std::vector<int>& affected = {0, 0, 0}) {
  Given given;
  EXPECT_EQ(given.When("system:sara", North()), "TeamKnown");
  for (int i = 0; i < 3; ++i) {
    std::string call = absl::StrCat("councils/E1/calls/2026-00000", i + 1);
    EXPECT_EQ(given.WhenRouted(call), "ProblemOpened");
    if (affected[static_cast<size_t>(i)] > 0) {
      given.When("system:sara", CountAffected{call, affected[static_cast<size_t>(i)]});
    }
  }
  return given;
}

v1::SetPrioritiesRequest Choose(const std::vector<int>& selected,
                                const std::vector<int>& not_selected = {}) {
  v1::SetPrioritiesRequest request;
  request.set_name(kNorth);
  request.set_review_date("2026-10-01");
  for (int number : selected) {
    v1::PriorityChoice& choice = *request.add_selected();
    choice.set_problem(ProblemNumber(number));
    choice.set_rationale("it harms most");
    choice.set_votes(7);
  }
  for (int number : not_selected) {
    v1::PriorityChoice& choice = *request.add_not_selected();
    choice.set_problem(ProblemNumber(number));
    choice.set_rationale("the landlord has it in hand");
  }
  return request;
}

// F24, F25
TEST(SetPriorities, RanksThemWithVotesBesideTheEvidence) {
  Given given = ThreeProblems({0, 4, 0});
  EXPECT_EQ(given.When(kCoordinator, Choose({2, 1})), "PrioritiesSet");
  const v1::Priorities& priorities = given.event().priorities_set().priorities();
  EXPECT_EQ(priorities.selected(0).votes(), 7);
  EXPECT_EQ(priorities.selected(0).evidence().calls(), 1);
  EXPECT_EQ(priorities.selected(0).evidence().affected(), 4);
  EXPECT_EQ(priorities.set_by(), kCoordinator);
  EXPECT_EQ(given.problem(ProblemNumber(2)).priority(), 1);
  EXPECT_EQ(given.problem(ProblemNumber(1)).priority(), 2);
  EXPECT_EQ(given.When(kCoordinator, Choose({3, 2})), "PrioritiesSet");
  EXPECT_EQ(given.problem(ProblemNumber(3)).priority(), 1);
  EXPECT_EQ(given.problem(ProblemNumber(2)).priority(), 2);
  EXPECT_EQ(given.problem(ProblemNumber(1)).priority(), 0);
}

// F24, F31
TEST(SetPriorities, PutsTheirReviewOnTheAgendaWhenItsDayHasPassed) {
  Given given = ThreeProblems();
  EXPECT_EQ(given.When(kCoordinator, Choose({1, 2})), "PrioritiesSet");
  EXPECT_EQ(given.Clocks("E1"), "review-priorities of north by north 2026-10-01T23:00Z");
  EXPECT_EQ(given.WhenItIs("2026-10-01T23:00:00Z"), "ClockExpired");
  EXPECT_EQ(given.WhenHappened(kTopic, v1::Event(given.event())), "");
  v1::Agenda agenda = AgendaOf(given.tables(), absl::StrCat(kNorth, "/meetings/2026-10-02"));
  EXPECT_EQ(agenda.items(0).kind(), v1::AGENDA_KIND_REVIEW);
  v1::SetPrioritiesRequest again = Choose({1, 2});
  again.set_review_date("2027-01-10");
  EXPECT_EQ(given.When(kCoordinator, again), "PrioritiesSet");
  EXPECT_FALSE(given.tables().teams.Get(kNorth)->review_overdue());
}

// F24
TEST(SetPriorities, HoldsNoMoreThanTheTeamDoesAtOnce) {
  EXPECT_EQ(ThreeProblems().When(kCoordinator, Choose({1, 2, 3})),
            "FAILED_PRECONDITION TOO_MANY_PRIORITIES selected");
}

// F25, F65
TEST(SetPriorities, NeedsTheReasonWhyAProblemWithMoreEvidenceIsNotSelected) {
  Given given = ThreeProblems({0, 0, 9});
  EXPECT_EQ(given.When(kCoordinator, Choose({1, 2})), "FAILED_PRECONDITION GATE_NOT_MET");
  EXPECT_EQ(given.When(kCoordinator, Choose({1, 2}, {3})), "PrioritiesSet");
  EXPECT_EQ(given.event().priorities_set().priorities().not_selected(0).rationale(),
            "the landlord has it in hand");
}

// F26
TEST(SetPriorities, MustAnswerForQuietWards) {
  Given given = ThreeProblems();
  EXPECT_EQ(given.When("system:sara", North({"W1", "W2"})), "TeamKnown");
  EXPECT_EQ(given.When(kCoordinator, Choose({1, 2})),
            "FAILED_PRECONDITION WARNINGS_NOT_ANSWERED answer_to_warnings");
  v1::SetPrioritiesRequest answered = Choose({1, 2});
  answered.set_answer_to_warnings("a walk through W2 is planned");
  EXPECT_EQ(given.When(kCoordinator, answered), "PrioritiesSet");
  EXPECT_THAT(given.event().priorities_set().priorities().warnings(),
              ElementsAre("no call from ward W2 is behind any open problem"));
}

// F26
TEST(WarningsFor, TellsWhereOneCouncillorOrOnePlaceHasMostOfTheCalls) {
  std::vector<v1::Problem> problems(2);
  for (int i = 0; i < 4; ++i) {
    v1::CallFacts& facts = *problems[static_cast<size_t>(i % 2)].add_call_facts();
    facts.set_ward("W1");
    facts.set_councillor(i < 3 ? "councils/E1/councillors/okafor" : "");
    facts.mutable_point()->set_lat(i < 3 ? 53.4 : 53.5);
  }
  EXPECT_THAT(WarningsFor(North().team, problems, problems, config::Defaults().sara()),
              ElementsAre("3 of the 4 calls behind the priorities came through "
                          "councils/E1/councillors/okafor",
                          "3 of the 4 calls behind the priorities come from one place"));
  problems[1].mutable_call_facts()->RemoveLast();
  EXPECT_THAT(WarningsFor(North().team, problems, problems, config::Defaults().sara()),
              ElementsAre());
}

// F24
TEST(SetPriorities, Refuses) {
  Given given = ThreeProblems();
  EXPECT_EQ(given.When(kOfficer, Choose({1})), "PERMISSION_DENIED MAY_NOT_SET_PRIORITIES");
  EXPECT_EQ(given.When(kCoordinator, Choose({})), "INVALID_ARGUMENT INVALID_FIELD selected");
  EXPECT_EQ(given.When(kCoordinator, Choose({1, 1})), "INVALID_ARGUMENT INVALID_FIELD selected");
  EXPECT_EQ(given.When(kCoordinator, Choose({9})), "NOT_FOUND NOT_FOUND selected");
  EXPECT_EQ(given.When(kCoordinator, Choose({1}, {9})), "NOT_FOUND NOT_FOUND not_selected");
  auto when = [&](void (*change)(v1::SetPrioritiesRequest&)) {
    v1::SetPrioritiesRequest request = Choose({1});
    change(request);
    return given.When(kCoordinator, request);
  };
  using R = v1::SetPrioritiesRequest;
  EXPECT_EQ(when([](R& r) { r.mutable_selected(0)->clear_rationale(); }),
            "INVALID_ARGUMENT INVALID_FIELD selected");
  EXPECT_EQ(when([](R& r) { r.mutable_selected(0)->set_votes(-1); }),
            "INVALID_ARGUMENT INVALID_FIELD selected");
  EXPECT_EQ(when([](R& r) { r.clear_review_date(); }),
            "INVALID_ARGUMENT INVALID_FIELD review_date");
  EXPECT_EQ(when([](R& r) { r.set_review_date("2026-07-01"); }),
            "INVALID_ARGUMENT INVALID_FIELD review_date");
  EXPECT_EQ(when([](R& r) { r.set_name("north"); }), "INVALID_ARGUMENT INVALID_FIELD name");
  EXPECT_EQ(when([](R& r) { r.set_name("councils/E1/teams/east"); }), "NOT_FOUND NOT_FOUND name");
}

// F25
RC_GTEST_PROP(SetPriorities, PassesOverNothingStrongerWithoutAReason, ()) {
  std::vector<int> affected;
  for (int i = 0; i < 3; ++i) affected.push_back(*rc::gen::inRange(0, 4));
  Given given = ThreeProblems(affected);
  int first = *rc::gen::inRange(1, 4);
  int second = first % 3 + 1, left = second % 3 + 1;
  auto of = [&](int number) { return affected[static_cast<size_t>(number - 1)]; };
  bool is_stronger = of(left) > std::min(of(first), of(second));
  std::string outcome = given.When(kCoordinator, Choose({first, second}));
  RC_ASSERT(outcome == (is_stronger ? "FAILED_PRECONDITION GATE_NOT_MET" : "PrioritiesSet"));
}

}  // namespace
}  // namespace ccfa::sara
