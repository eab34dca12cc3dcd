#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/sara/domain/change.h"
#include "services/sara/domain/on.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {

using v1::Problem;

void On(Tables& tables, const v1::ProblemOpened& opened, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_name(opened.name());
    problem.set_title(opened.title());
    problem.set_category(opened.category());
    problem.set_team(opened.team());
    problem.set_ward(opened.ward());
    problem.set_state(v1::PROBLEM_STATE_QUEUED);
    problem.set_rung(v1::RUNG_TEAM);
    problem.add_calls(opened.call());
    *problem.mutable_trail() = opened.trail();
    *problem.mutable_open_time() = record.time();
    if (opened.has_facts()) AddFacts(problem, opened.facts());
  });
  tables.numbering.Use("problems", opened.name());
}

void On(Tables& tables, const v1::ProblemTransferred& transferred, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    // The stage clock runs on; it is the new team that is late when it runs out.
    if (auto clock = tables.clocks.Find(problem.name(), kStageClock, problem.team())) {
      tables.clocks.Stop(*clock);
      clock->set_owner(transferred.team());
      tables.clocks.Start(*clock);
    }
    Remember(problem, record, absl::StrCat("moved from ", problem.team()), transferred.reason());
    problem.set_team(transferred.team());
    for (v1::CallFacts& facts : *problem.mutable_call_facts()) facts.set_ward(transferred.ward());
    // Whoever leads it is not beside it too.
    if (problem.joint_team() == problem.team()) problem.clear_joint_team();
    problem.set_ward(transferred.ward());
  });
}

void On(Tables& tables, const v1::CallAttached& attached, const Record& record) {
  Update(tables, attached.from_problem(), record,
         [&](Problem& problem) { DropCall(tables, problem, attached.call()); });
  Update(tables, record, [&](Problem& problem) {
    problem.add_calls(attached.call());
    if (attached.has_facts()) AddFacts(problem, attached.facts());
    Remember(problem, record, absl::StrCat("joined ", attached.call()), attached.reason());
  });
}

void On(Tables& tables, const v1::CallDetached& detached, const Record& record) {
  tables.withdrawn.Add(detached.call());
  if (detached.name() == detached.call()) return;
  Update(tables, record, [&](Problem& problem) {
    DropCall(tables, problem, detached.call());
    Remember(problem, record, absl::StrCat("let go of ", detached.call()), detached.reason());
  });
}

void On(Tables& tables, const v1::ProblemClassified& classified, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    UpdateFacts(problem, classified.call(),
                [&](v1::CallFacts& facts) { facts.set_regime(classified.regime()); });
    Remember(problem, record, absl::StrCat("classified ", classified.call(), " anew"),
             classified.reason());
  });
}

void On(Tables& tables, const v1::ProblemAffected& affected, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    UpdateFacts(problem, affected.call(),
                [&](v1::CallFacts& facts) { facts.set_affected(affected.count()); });
  });
}

}  // namespace ccfa::sara
