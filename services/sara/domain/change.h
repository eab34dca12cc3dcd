#pragma once

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "ccfa/sara/v1/events.pb.h"
#include "common/core/names.h"
#include "common/engine/command.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

// How events change problems. What several events do alike.

using engine::Record;

/// Changes a problem and stamps it with the event's version.
template <class Change>
void Update(Tables& tables, absl::string_view name, const Record& record, Change change) {
  v1::Problem problem = tables.problems.Get(name).value_or(v1::Problem());
  change(problem);
  *problem.mutable_update_time() = record.time();
  problem.set_etag(absl::StrCat(record.seq()));
  tables.problems.Put(name, problem);
}

/// Changes the problem an event is about.
template <class Change>
void Update(Tables& tables, const Record& record, Change change) {
  Update(tables, record.subject(), record, change);
}

/// Changes the action an event is about, and with it its problem.
template <class Change>
void UpdateAction(Tables& tables, const Record& record, Change change) {
  Update(tables, ParentOf(record.subject()), record, [&](v1::Problem& problem) {
    for (v1::Action& action : *problem.mutable_actions()) {
      if (action.name() == record.subject()) change(problem, action);
    }
  });
}

/// Adds to the exhaustion trail: who tried what, when, with what result (F45).
void Remember(v1::Problem& problem, const Record& record, absl::string_view what,
              absl::string_view result);

void EnterStage(v1::Problem& problem, const Record& record, v1::Stage stage,
                const std::string& reason);

/// No clock of a problem that ended runs on, nor of its actions.
void End(Tables& tables, v1::Problem& problem, v1::ProblemState state);

void AddFacts(v1::Problem& problem, const v1::CallFacts& facts);

void DropCall(Tables& tables, v1::Problem& problem, absl::string_view call);

/// What follows from the facts of a problem's calls together.
void SumUp(v1::Problem& problem);

/// Changes what a problem knows of a call, or begins to know of it.
template <class Change>
void UpdateFacts(v1::Problem& problem, const std::string& call, Change change) {
  auto& all = *problem.mutable_call_facts();
  auto known = std::find_if(all.begin(), all.end(),
                            [&](const v1::CallFacts& facts) { return facts.call() == call; });
  v1::CallFacts& facts = known == all.end() ? *all.Add() : *known;
  facts.set_call(call);
  change(facts);
  SumUp(problem);
}

/// "accepted action 2, gates": for the trail.
std::string ActionWords(absl::string_view verb, const v1::Action& action);

}  // namespace ccfa::sara
