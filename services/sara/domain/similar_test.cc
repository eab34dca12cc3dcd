#include "services/sara/domain/similar.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

using ::testing::ElementsAre;

v1::Problem Closed(int number, const std::string& title, v1::Result result) {
  v1::Problem problem;
  problem.set_name(absl::StrCat("councils/E1/problems/2026-00000", number));
  problem.set_title(title);
  problem.set_category("anti-social-behaviour");
  problem.set_state(v1::PROBLEM_STATE_CLOSED);
  problem.mutable_closing()->set_result(result);
  return problem;
}

std::vector<std::string> NumbersOf(const std::vector<v1::SimilarProblem>& problems) {
  std::vector<std::string> numbers;
  for (const v1::SimilarProblem& problem : problems) {
    numbers.push_back(std::string(LastId(problem.name()).substr(10)));
  }
  return numbers;
}

// F42
TEST(SimilarSolved, PutsWhatWorkedFirstAndTheMostAlikeOfItFirst) {
  Given given = QueuedProblem();
  Tables tables = given.tables();
  for (const v1::Problem& problem : {Closed(2, "Bikes on the common", v1::RESULT_NOT_ACHIEVED),
                                     Closed(3, "Fireworks in the park", v1::RESULT_ELIMINATED),
                                     Closed(4, "Bikes on Curlew Walk", v1::RESULT_REDUCED)}) {
    tables.problems.Put(problem.name(), problem);
  }
  v1::Problem litter = Closed(5, "Bikes on Osprey Walk", v1::RESULT_REDUCED);
  litter.set_category("litter");
  tables.problems.Put(litter.name(), litter);
  EXPECT_THAT(NumbersOf(SimilarSolved(tables, given.problem(), 10)), ElementsAre("4", "3", "2"));
  EXPECT_THAT(NumbersOf(SimilarSolved(tables, given.problem(), 1)), ElementsAre("4"));
}

// F42
TEST(SimilarSolved, TellsWhatWorkedAndByWhichMeasure) {
  Given given = AssessedProblem();
  given.When(kCoordinator, About<v1::CloseProblemRequest>("done: 'gates' why: 'quiet'"));
  v1::Problem asking;
  asking.set_name("councils/E1/problems/2026-000009");
  asking.set_category("anti-social-behaviour");
  asking.set_title("Bikes on Osprey Walk");
  std::vector<v1::SimilarProblem> similar = SimilarSolved(given.tables(), asking, 10);
  ASSERT_EQ(similar.size(), 1u);
  EXPECT_EQ(similar[0].result(), v1::RESULT_REDUCED);
  EXPECT_THAT(similar[0].hypotheses(), ElementsAre("the gate is open"));
  EXPECT_THAT(similar[0].worked(), ElementsAre("gates, by police: gates are up"));
  EXPECT_THAT(similar[0].measures(), ElementsAre("calls a month: 12, then 5"));
}

// F42
RC_GTEST_PROP(SharedWords, IsTheSameBothWaysAndWholeWithItself, (std::string a, std::string b)) {
  double shared = SharedWords(a, b);
  RC_ASSERT(shared == SharedWords(b, a));
  RC_ASSERT(shared >= 0 && shared <= 1);
  RC_ASSERT(SharedWords(a, a) == 1);
}

// F42
TEST(SharedWords, CountsLongWordsWhateverTheirCase) {
  EXPECT_EQ(SharedWords("the Bikes", "BIKES of"), 1);
  EXPECT_EQ(SharedWords("bikes, night", "bikes: noise"), 1.0 / 3);
  EXPECT_EQ(SharedWords("bikes", ""), 0);
}

}  // namespace
}  // namespace ccfa::sara
