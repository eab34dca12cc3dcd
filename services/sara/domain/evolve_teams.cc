#include <set>

#include "services/sara/domain/change.h"
#include "services/sara/domain/on.h"

namespace ccfa::sara {

using v1::Problem;

namespace {

void Rank(Tables& tables, const Record& record, const std::string& problem, int rank) {
  if (!tables.problems.Contains(problem)) return;
  Update(tables, problem, record, [&](Problem& p) { p.set_priority(rank); });
}

}  // namespace

void On(Tables& tables, const v1::TeamKnown& known, const Record&) {
  tables.teams.Update(known.name(), [&](v1::TeamRow& row) {
    row.set_name(known.name());
    *row.mutable_team() = known.team();
  });
}

void On(Tables& tables, const v1::PrioritiesSet& set, const Record& record) {
  v1::TeamRow row = tables.teams.Get(set.name()).value_or(v1::TeamRow());
  std::set<std::string> selected;
  for (const v1::Priority& priority : set.priorities().selected()) {
    selected.insert(priority.problem());
    Rank(tables, record, priority.problem(), static_cast<int>(selected.size()));
  }
  for (const v1::Priority& before : row.priorities().selected()) {
    if (selected.count(before.problem()) == 0) Rank(tables, record, before.problem(), 0);
  }
  row.set_name(set.name());
  *row.mutable_priorities() = set.priorities();
  row.set_review_overdue(false);
  tables.teams.Put(set.name(), row);
  tables.clocks.StartAll(set.clocks());
}

}  // namespace ccfa::sara
