#include "absl/strings/str_cat.h"
#include "services/sara/domain/change.h"
#include "services/sara/domain/on.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {

using v1::Problem;

void On(Tables& tables, const v1::ProblemTakenUp& taken_up, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_state(v1::PROBLEM_STATE_IN_HAND);
    problem.set_watched(false);
    EnterStage(problem, record, v1::STAGE_SCANNING, "");
  });
  tables.clocks.StartAll(taken_up.clocks());
}

void On(Tables& tables, const v1::SourceAdded& added, const Record& record) {
  Update(tables, record, [&](Problem& problem) { *problem.add_sources() = added.source(); });
}

void On(Tables& tables, const v1::HypothesisAdded& added, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    *problem.add_hypotheses() = added.hypothesis();
    int replaced = added.hypothesis().replaces();
    if (replaced > 0) {
      problem.mutable_hypotheses(replaced - 1)->set_replaced_by(added.hypothesis().number());
    }
  });
}

void On(Tables& tables, const v1::HypothesisRejected& rejected, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.mutable_hypotheses(rejected.number() - 1)->set_rejected(rejected.reason());
    Remember(problem, record, absl::StrCat("gave up hypothesis ", rejected.number()),
             rejected.reason());
  });
}

void On(Tables& tables, const v1::ObjectiveSet& set, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    int number = set.objective().number();
    while (problem.objectives_size() < number) problem.add_objectives();
    *problem.mutable_objectives(number - 1) = set.objective();
  });
}

void On(Tables& tables, const v1::StageEntered& entered, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    if (entered.has_found() && problem.passes_size() > 0) {
      *problem.mutable_passes(problem.passes_size() - 1)->mutable_found() = entered.found();
    }
    EnterStage(problem, record, entered.stage(), entered.reason());
    // Each pass is assessed anew; what an earlier one came to stays in the trail.
    if (entered.stage() == v1::STAGE_ASSESSMENT) problem.clear_assessment();
  });
  tables.clocks.StartAll(entered.clocks());
}

void On(Tables& tables, const v1::AssessmentRecorded& recorded, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    *problem.mutable_assessment() = recorded.assessment();
    Remember(problem, record, "assessed the response", Words(recorded.assessment().result()));
  });
}

}  // namespace ccfa::sara
