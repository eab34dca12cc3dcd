#include "tests/support/golden_sara.h"

#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

/// A hypothesis that another replaces, and one that is given up.
void ChangeItsMind(Town& town) {
  std::string problem = ProblemOf(town, LogAndAccept(town));
  TakeUp(town, problem);
  ScanAndEnterAnalysis(town, problem);
  town.Do(Hypothesis(problem), kCoordinator);
  sara::v1::AddHypothesisRequest better = Hypothesis(problem);
  better.set_replaces(1);
  town.Do(better, kCoordinator);
  sara::v1::RejectHypothesisRequest reject;
  reject.set_name(problem);
  reject.set_number(2);
  reject.set_reason("the yard is locked at night");
  town.Do(reject, kCoordinator);
}

}  // namespace

void GoThroughSara(Town& town) {
  ChangeItsMind(town);
}

}  // namespace ccfa::test_support
