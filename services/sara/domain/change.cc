#include "services/sara/domain/change.h"

#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {

using v1::Action;
using v1::Problem;

void Remember(Problem& problem, const Record& record, absl::string_view what,
              absl::string_view result) {
  if (problem.trail_size() >= kMostTrail) problem.mutable_trail()->DeleteSubrange(0, 1);
  v1::TrailEntry& entry = *problem.add_trail();
  *entry.mutable_time() = record.time();
  entry.set_who(record.actor());
  entry.set_what(std::string(what));
  entry.set_result(std::string(result));
}

void EnterStage(Problem& problem, const Record& record, v1::Stage stage,
                const std::string& reason) {
  problem.set_stage(stage);
  v1::StagePass& pass = *problem.add_passes();
  pass.set_stage(stage);
  *pass.mutable_enter_time() = record.time();
  pass.set_by(record.actor());
  pass.set_reason(reason);
  Remember(problem, record, absl::StrCat("entered ", Words(stage)), reason);
}

void End(Tables& tables, Problem& problem, v1::ProblemState state) {
  problem.set_state(state);
  problem.set_watched(false);
  if (state != v1::PROBLEM_STATE_IN_HAND) problem.set_priority(0);
  tables.clocks.StopAll(problem.name());
  for (const Action& action : problem.actions()) tables.clocks.StopAll(action.name());
}

void SumUp(Problem& problem) {
  int affected = 0;
  auto regime = intake::v1::REGIME_UNSPECIFIED;
  for (const v1::CallFacts& facts : problem.call_facts()) {
    affected += facts.affected();
    bool says_nothing = facts.regime() == intake::v1::REGIME_UNSPECIFIED;
    bool is_first = regime == intake::v1::REGIME_UNSPECIFIED;
    if (is_first) regime = facts.regime();
    if (!says_nothing && facts.regime() != regime) regime = intake::v1::REGIME_BOTH;
  }
  problem.set_affected(affected);
  problem.set_regime(regime);
}

void AddFacts(Problem& problem, const v1::CallFacts& facts) {
  UpdateFacts(problem, facts.call(), [&](v1::CallFacts& known) { known = facts; });
}

void DropCall(Tables& tables, Problem& problem, absl::string_view call) {
  auto& calls = *problem.mutable_calls();
  calls.erase(std::remove(calls.begin(), calls.end(), call), calls.end());
  auto& all = *problem.mutable_call_facts();
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const v1::CallFacts& facts) { return facts.call() == call; }),
            all.end());
  SumUp(problem);
  if (calls.empty()) End(tables, problem, v1::PROBLEM_STATE_EMPTIED);
}

std::string ActionWords(absl::string_view verb, const Action& action) {
  return absl::StrCat(verb, " action ", LastId(action.name()), ", ", action.description());
}

}  // namespace ccfa::sara
