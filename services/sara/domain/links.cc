#include "services/sara/domain/links.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Action;
using v1::Problem;

v1::Orphan Orphan(v1::OrphanKind kind, std::string what, std::string mend) {
  v1::Orphan orphan;
  orphan.set_kind(kind);
  orphan.set_what(std::move(what));
  orphan.set_mend(std::move(mend));
  orphan.set_supplied_by("the team");
  return orphan;
}

const v1::Hypothesis* HypothesisOf(const Problem& problem, const Action& action) {
  int index = action.hypothesis() - 1;
  return index < 0 || index >= problem.hypotheses_size() ? nullptr : &problem.hypotheses(index);
}

template <class Fits>
bool AnyLiveAction(const Problem& problem, Fits fits) {
  return absl::c_any_of(problem.actions(),
                        [&](const Action& action) { return IsLive(action) && fits(action); });
}

}  // namespace

bool IsLive(const v1::Hypothesis& hypothesis) {
  return hypothesis.replaced_by() == 0 && hypothesis.rejected().empty();
}

bool IsLive(const Action& action) {
  return action.state() == v1::ACTION_STATE_PROPOSED ||
         action.state() == v1::ACTION_STATE_ACCEPTED ||
         action.state() == v1::ACTION_STATE_COMPLETED;
}

std::vector<v1::Orphan> OrphansOf(const Problem& problem) {
  std::vector<v1::Orphan> orphans;
  for (const v1::Hypothesis& hypothesis : problem.hypotheses()) {
    int number = hypothesis.number();
    if (!IsLive(hypothesis) ||
        AnyLiveAction(problem, [&](const Action& a) { return a.hypothesis() == number; })) {
      continue;
    }
    orphans.push_back(Orphan(v1::ORPHAN_KIND_HYPOTHESIS_UNANSWERED,
                             absl::StrCat("hypothesis ", number, ", ", hypothesis.text()),
                             "propose an action that answers it, or reject it"));
  }
  for (const Action& action : problem.actions()) {
    const v1::Hypothesis* hypothesis = HypothesisOf(problem, action);
    if (!IsLive(action) || hypothesis == nullptr || IsLive(*hypothesis)) continue;
    orphans.push_back(
        Orphan(v1::ORPHAN_KIND_ACTION_WITHOUT_HYPOTHESIS,
               absl::StrCat("action ", LastId(action.name()), ", which is ", Words(action.state()),
                            " and answers hypothesis ", hypothesis->number(),
                            hypothesis->replaced_by() > 0
                                ? absl::StrCat(", replaced by ", hypothesis->replaced_by())
                                : ", given up"),
               "ask for an action that answers a hypothesis that stands"));
  }
  for (const v1::Objective& objective : problem.objectives()) {
    int number = objective.number();
    if (!objective.measured_by().empty() ||
        AnyLiveAction(problem, [&](const Action& a) { return a.objective() == number; })) {
      continue;
    }
    orphans.push_back(Orphan(v1::ORPHAN_KIND_OBJECTIVE_UNMEASURED,
                             absl::StrCat("objective ", number, ", ", objective.metric()),
                             "set its measured_by, or an action whose measure tells of it"));
  }
  return orphans;
}

}  // namespace ccfa::sara
