#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/sara/domain/change.h"
#include "services/sara/domain/on.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {

using v1::Problem;

void On(Tables& tables, const v1::ProblemClosed& closed, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    *problem.mutable_closing() = closed.closing();
    Remember(problem, record, absl::StrCat("closed it: ", Words(closed.closing().result())),
             closed.closing().done());
    End(tables, problem, v1::PROBLEM_STATE_CLOSED);
    problem.set_watched(closed.clocks_size() > 0);
  });
  tables.clocks.StartAll(closed.clocks());
}

void On(Tables& tables, const v1::ProblemParked& parked, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    End(tables, problem, v1::PROBLEM_STATE_PARKED);
    problem.set_watched(true);
    Remember(problem, record, "parked it", parked.reason());
  });
}

void On(Tables& tables, const v1::ProblemReopened& reopened, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    End(tables, problem, v1::PROBLEM_STATE_IN_HAND);
    problem.set_rung(v1::RUNG_TEAM);
    problem.set_recurrences(reopened.recurrences());
    problem.clear_closing();
    const std::string& call = reopened.call();
    bool is_new = !call.empty() && std::find(problem.calls().begin(), problem.calls().end(),
                                             call) == problem.calls().end();
    if (is_new) {
      problem.add_calls(call);
      AddFacts(problem, reopened.facts());
    }
    EnterStage(problem, record, v1::STAGE_SCANNING, reopened.reason());
  });
  tables.clocks.StartAll(reopened.clocks());
}

void On(Tables& tables, const v1::SustainChecked& checked, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    *problem.add_sustain_checks() = checked.check();
    Remember(problem, record,
             checked.check().holds() ? "found it still solved" : "found it solved no longer",
             checked.check().note());
  });
}

}  // namespace ccfa::sara
