#include "services/sara/domain/evolve.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/config/configured.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using engine::Record;
using v1::Action;
using v1::Problem;

/// Changes a problem and stamps it with the event's version.
template <class Change>
void Update(Tables& tables, absl::string_view name, const Record& record, Change change) {
  Problem problem = tables.problems.Get(name).value_or(Problem());
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
  Update(tables, ParentOf(record.subject()), record, [&](Problem& problem) {
    for (Action& action : *problem.mutable_actions()) {
      if (action.name() == record.subject()) change(problem, action);
    }
  });
}

/// Adds to the exhaustion trail: who tried what, when, with what result (F45).
void Remember(Problem& problem, const Record& record, absl::string_view what,
              absl::string_view result) {
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

/// No clock of a problem that ended runs on, nor of its actions.
void End(Tables& tables, Problem& problem, v1::ProblemState state) {
  problem.set_state(state);
  tables.clocks.StopAll(problem.name());
  for (const Action& action : problem.actions()) tables.clocks.StopAll(action.name());
}

void DropCall(Tables& tables, Problem& problem, absl::string_view call) {
  auto& calls = *problem.mutable_calls();
  calls.erase(std::remove(calls.begin(), calls.end(), call), calls.end());
  if (calls.empty()) End(tables, problem, v1::PROBLEM_STATE_EMPTIED);
}

std::string ActionWords(absl::string_view verb, const Action& action) {
  return absl::StrCat(verb, " action ", LastId(action.name()), ", ", action.description());
}

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
    problem.set_ward(transferred.ward());
  });
}

void On(Tables& tables, const v1::CallAttached& attached, const Record& record) {
  Update(tables, attached.from_problem(), record,
         [&](Problem& problem) { DropCall(tables, problem, attached.call()); });
  Update(tables, record, [&](Problem& problem) {
    problem.add_calls(attached.call());
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

void On(Tables& tables, const v1::ProblemTakenUp& taken_up, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_state(v1::PROBLEM_STATE_IN_HAND);
    EnterStage(problem, record, v1::STAGE_SCANNING, "");
  });
  tables.clocks.StartAll(taken_up.clocks());
}

void On(Tables& tables, const v1::SourceAdded& added, const Record& record) {
  Update(tables, record, [&](Problem& problem) { *problem.add_sources() = added.source(); });
}

void On(Tables& tables, const v1::HypothesisAdded& added, const Record& record) {
  Update(tables, record, [&](Problem& problem) { *problem.add_hypotheses() = added.hypothesis(); });
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
    EnterStage(problem, record, entered.stage(), entered.reason());
    // Each pass is assessed anew; what an earlier one came to stays in the trail.
    if (entered.stage() == v1::STAGE_ASSESSMENT) problem.clear_assessment();
  });
  tables.clocks.StartAll(entered.clocks());
}

void On(Tables& tables, const v1::ActionProposed& proposed, const Record& record) {
  Update(tables, ParentOf(record.subject()), record, [&](Problem& problem) {
    *problem.add_actions() = proposed.action();
    Remember(
        problem, record,
        ActionWords(absl::StrCat("asked ", proposed.action().agency(), " for"), proposed.action()),
        "");
  });
  tables.clocks.StartAll(proposed.clocks());
}

void On(Tables& tables, const v1::ActionAccepted& accepted, const Record& record) {
  UpdateAction(tables, record, [&](Problem& problem, Action& action) {
    action.set_state(v1::ACTION_STATE_ACCEPTED);
    action.set_accepted_by(record.actor());
    Remember(problem, record, ActionWords("accepted", action), "");
  });
  tables.clocks.StopAll(record.subject());
  tables.clocks.StartAll(accepted.clocks());
}

void On(Tables& tables, const v1::ActionDeclined& declined, const Record& record) {
  UpdateAction(tables, record, [&](Problem& problem, Action& action) {
    action.set_state(v1::ACTION_STATE_DECLINED);
    action.set_reason(declined.reason());
    Remember(problem, record, ActionWords("declined", action), declined.reason());
  });
  tables.clocks.StopAll(record.subject());
}

void On(Tables& tables, const v1::ActionCompleted& completed, const Record& record) {
  UpdateAction(tables, record, [&](Problem& problem, Action& action) {
    action.set_state(v1::ACTION_STATE_COMPLETED);
    action.set_result(completed.result());
    Remember(problem, record, ActionWords("completed", action), completed.result());
  });
  tables.clocks.StopAll(record.subject());
}

void On(Tables& tables, const v1::AssessmentRecorded& recorded, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    *problem.mutable_assessment() = recorded.assessment();
    Remember(problem, record, "assessed the response", Words(recorded.assessment().result()));
  });
}

void On(Tables& tables, const v1::ProblemRaised& raised, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_rung(raised.to());
    Remember(problem, record, absl::StrCat("raised it to ", Words(raised.to())), raised.reason());
  });
  tables.clocks.StopAll(record.subject());
  tables.clocks.StartAll(raised.clocks());
}

void On(Tables& tables, const v1::ProblemReturned& returned, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_rung(v1::RUNG_TEAM);
    Remember(problem, record, "returned it to the team", returned.reason());
  });
  tables.clocks.StartAll(returned.clocks());
}

void On(Tables& tables, const v1::ProblemClosed& closed, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    *problem.mutable_closing() = closed.closing();
    Remember(problem, record, absl::StrCat("closed it: ", Words(closed.closing().result())),
             closed.closing().done());
    End(tables, problem, v1::PROBLEM_STATE_CLOSED);
  });
}

void On(Tables& tables, const v1::ClockExpired& expired, const Record& record) {
  const std::string& kind = expired.clock().kind();
  tables.clocks.Stop(expired.clock());
  if (kind == kStageClock) {
    Update(tables, record, [&](Problem& problem) {
      Remember(problem, record, absl::StrCat("ran out of time in ", Words(problem.stage())), "");
    });
  } else if (kind == kAcceptActionClock) {
    UpdateAction(tables, record, [&](Problem& problem, Action& action) {
      action.set_state(v1::ACTION_STATE_LAPSED);
      Remember(problem, record, ActionWords("waited for an answer on", action),
               absl::StrCat(action.agency(), " did not answer in time"));
    });
  } else {
    UpdateAction(tables, record, [&](Problem& problem, Action& action) {
      action.set_overdue(true);
      Remember(problem, record, ActionWords("waited for", action),
               absl::StrCat(action.agency(), " did not complete it by ", action.due_date()));
    });
  }
}

void On(Tables& tables, const v1::CouncilConfigured& configured) {
  tables.rules.Put(configured.name(), configured.rules());
  for (const std::string& rule : configured.clocks())
    tables.clocks.MarkStale(CouncilOf(configured.name()), config::KindOf(rule));
}

}  // namespace

void Evolve(Tables& tables, const v1::Event& event, const Record& record) {
  switch (event.event_case()) {
    case v1::Event::kAgencyAdmitted:
      return tables.agencies.Add(event.agency_admitted().name());
    case v1::Event::kProblemOpened:
      return On(tables, event.problem_opened(), record);
    case v1::Event::kProblemTransferred:
      return On(tables, event.problem_transferred(), record);
    case v1::Event::kCallAttached:
      return On(tables, event.call_attached(), record);
    case v1::Event::kCallDetached:
      return On(tables, event.call_detached(), record);
    case v1::Event::kProblemTakenUp:
      return On(tables, event.problem_taken_up(), record);
    case v1::Event::kScanRecorded:
      return Update(tables, record,
                    [&](Problem& p) { *p.mutable_scan() = event.scan_recorded().scan(); });
    case v1::Event::kSourceAdded:
      return On(tables, event.source_added(), record);
    case v1::Event::kAnalysisRecorded:
      return Update(tables, record, [&](Problem& p) {
        *p.mutable_analysis() = event.analysis_recorded().analysis();
      });
    case v1::Event::kHypothesisAdded:
      return On(tables, event.hypothesis_added(), record);
    case v1::Event::kObjectiveSet:
      return On(tables, event.objective_set(), record);
    case v1::Event::kAssessmentPlanned:
      return Update(tables, record, [&](Problem& p) {
        *p.mutable_assessment_plan() = event.assessment_planned().plan();
      });
    case v1::Event::kStageEntered:
      return On(tables, event.stage_entered(), record);
    case v1::Event::kActionProposed:
      return On(tables, event.action_proposed(), record);
    case v1::Event::kActionAccepted:
      return On(tables, event.action_accepted(), record);
    case v1::Event::kActionDeclined:
      return On(tables, event.action_declined(), record);
    case v1::Event::kActionCompleted:
      return On(tables, event.action_completed(), record);
    case v1::Event::kAssessmentRecorded:
      return On(tables, event.assessment_recorded(), record);
    case v1::Event::kProblemRaised:
      return On(tables, event.problem_raised(), record);
    case v1::Event::kProblemReturned:
      return On(tables, event.problem_returned(), record);
    case v1::Event::kProblemClosed:
      return On(tables, event.problem_closed(), record);
    case v1::Event::kClockWarned:
      return tables.clocks.MarkWarned(event.clock_warned().clock());
    case v1::Event::kClockExpired:
      return On(tables, event.clock_expired(), record);
    case v1::Event::kCouncilConfigured:
      return On(tables, event.council_configured());
    case v1::Event::kClockRecomputed:
      return tables.clocks.Start(event.clock_recomputed().clock());
    case v1::Event::kReactionRefused:
      return;
    case v1::Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::sara
