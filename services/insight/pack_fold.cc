#include "absl/strings/match.h"
#include "common/core/names.h"
#include "services/insight/pack.h"

namespace ccfa::insight {
namespace {

/// Changes what is kept of a problem, of the action it is about, or of its own.
template <class Change>
void UpdateProblem(Tables& tables, absl::string_view name, Change change) {
  tables.packs.Update(name, [&](v1::PackRow& row) { change(*row.mutable_problem()); });
}

template <class Change>
void UpdateAction(Tables& tables, const std::string& name, Change change) {
  UpdateProblem(tables, ParentOf(name), [&](sara::v1::Problem& problem) {
    for (sara::v1::Action& action : *problem.mutable_actions()) {
      if (action.name() == name) change(action);
    }
  });
}

void SetObjective(sara::v1::Problem& problem, const sara::v1::Objective& objective) {
  for (sara::v1::Objective& other : *problem.mutable_objectives()) {
    if (other.number() != objective.number()) continue;
    other = objective;
    return;
  }
  *problem.add_objectives() = objective;
}

}  // namespace

void NotePack(Tables& tables, const sara::v1::Event& event, const record::v1::Record& record) {
  const std::string& name = record.subject();
  auto update = [&](auto change) { UpdateProblem(tables, name, change); };
  if (event.has_scan_recorded()) {
    update([&](auto& problem) { *problem.mutable_scan() = event.scan_recorded().scan(); });
  } else if (event.has_source_added()) {
    update([&](auto& problem) { *problem.add_sources() = event.source_added().source(); });
  } else if (event.has_analysis_recorded()) {
    update(
        [&](auto& problem) { *problem.mutable_analysis() = event.analysis_recorded().analysis(); });
  } else if (event.has_hypothesis_added()) {
    update(
        [&](auto& problem) { *problem.add_hypotheses() = event.hypothesis_added().hypothesis(); });
  } else if (event.has_objective_set()) {
    update([&](auto& problem) { SetObjective(problem, event.objective_set().objective()); });
  } else if (event.has_assessment_planned()) {
    update([&](auto& problem) {
      *problem.mutable_assessment_plan() = event.assessment_planned().plan();
    });
  } else if (event.has_assessment_recorded()) {
    update([&](auto& problem) {
      *problem.mutable_assessment() = event.assessment_recorded().assessment();
    });
  } else if (event.has_action_proposed()) {
    UpdateProblem(tables, ParentOf(name), [&](auto& problem) {
      *problem.add_actions() = event.action_proposed().action();
      problem.mutable_actions()->rbegin()->set_state(sara::v1::ACTION_STATE_PROPOSED);
    });
  } else if (event.has_action_accepted()) {
    UpdateAction(tables, name,
                 [](auto& action) { action.set_state(sara::v1::ACTION_STATE_ACCEPTED); });
  } else if (event.has_action_declined()) {
    UpdateAction(tables, name, [&](auto& action) {
      action.set_state(sara::v1::ACTION_STATE_DECLINED);
      action.set_reason(event.action_declined().reason());
    });
  } else if (event.has_action_completed()) {
    UpdateAction(tables, name, [&](auto& action) {
      action.set_state(sara::v1::ACTION_STATE_COMPLETED);
      action.set_result(event.action_completed().result());
    });
  }
}

void NotePack(Tables& tables, const scrutiny::v1::Event& event, const record::v1::Record& record) {
  const std::string& name = record.subject();
  auto update = [&](auto change) { tables.packs.Update(name, change); };
  if (event.has_referral_received()) {
    update([&](v1::PackRow& row) {
      *row.mutable_received() = event.referral_received();
      *row.mutable_receive_time() = record.time();
    });
  } else if (event.has_referral_decided()) {
    update([&](v1::PackRow& row) { *row.add_decisions() = event.referral_decided().decision(); });
  } else if (event.has_referral_closed()) {
    update([&](v1::PackRow& row) { *row.mutable_closing() = event.referral_closed().closing(); });
  } else if (event.has_recommendation_made()) {
    const auto& made = event.recommendation_made();
    update([&](v1::PackRow& row) { *row.mutable_made() = made; });
    tables.packs.Update(made.referral(),
                        [&](v1::PackRow& row) { row.add_recommendations(made.name()); });
  } else if (event.has_recommendation_answered()) {
    update([&](v1::PackRow& row) {
      *row.add_responses() = event.recommendation_answered().response();
    });
  }
}

}  // namespace ccfa::insight
