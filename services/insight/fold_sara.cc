#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/insight/fold.h"

namespace ccfa::insight {
namespace {

using sara::v1::Event;
using v1::SaraPart;

/// Changes the sara part of every call a problem holds.
template <class Change>
void UpdateAll(Tables& tables, const std::string& problem, const record::v1::Record& record,
               Change change) {
  v1::CallsOf held = tables.problems.Get(problem).value_or(v1::CallsOf());
  for (const std::string& call : held.calls()) {
    UpdateStory(tables, call, record, [&](v1::StoryRow& row) { change(*row.mutable_sara()); });
  }
}

void Hold(Tables& tables, const std::string& problem, const std::string& call) {
  v1::CallsOf held = tables.problems.Get(problem).value_or(v1::CallsOf());
  held.add_calls(call);
  tables.problems.Put(problem, held);
  Link(tables, call, problem);
}

void LetGo(Tables& tables, const std::string& problem, const std::string& call) {
  v1::CallsOf held = tables.problems.Get(problem).value_or(v1::CallsOf());
  auto* calls = held.mutable_calls();
  calls->erase(std::remove(calls->begin(), calls->end(), call), calls->end());
  tables.problems.Put(problem, held);
}

void On(Tables& tables, const sara::v1::ProblemOpened& opened, const record::v1::Record& record) {
  Hold(tables, opened.name(), opened.call());
  UpdateAll(tables, opened.name(), record, [&](SaraPart& part) {
    part.set_problem(opened.name());
    part.set_state(sara::v1::PROBLEM_STATE_QUEUED);
    part.set_rung(sara::v1::RUNG_TEAM);
    part.set_team(opened.team());
  });
}

void On(Tables& tables, const sara::v1::CallAttached& attached, const record::v1::Record& record) {
  v1::CallsOf held = tables.problems.Get(attached.name()).value_or(v1::CallsOf());
  SaraPart target;
  if (held.calls_size() > 0) {
    target = tables.stories.Get(held.calls(0)).value_or(v1::StoryRow()).sara();
  }
  if (!attached.from_problem().empty()) LetGo(tables, attached.from_problem(), attached.call());
  Hold(tables, attached.name(), attached.call());
  UpdateStory(tables, attached.call(), record,
              [&](v1::StoryRow& row) { *row.mutable_sara() = target; });
}

std::string AgencyOf(const std::string& agency) {
  return std::string(LastId(agency));
}

/// In hand again, at the team; a call that brought it back is one of its own now.
void On(Tables& tables, const sara::v1::ProblemReopened& reopened,
        const record::v1::Record& record) {
  v1::CallsOf held = tables.problems.Get(reopened.name()).value_or(v1::CallsOf());
  bool is_new = reopened.has_facts() && std::find(held.calls().begin(), held.calls().end(),
                                                  reopened.call()) == held.calls().end();
  if (is_new) {
    sara::v1::CallAttached attached;
    attached.set_name(reopened.name());
    attached.set_call(reopened.call());
    On(tables, attached, record);
  }
  UpdateAll(tables, reopened.name(), record, [](SaraPart& part) {
    part.set_state(sara::v1::PROBLEM_STATE_IN_HAND);
    part.set_stage(sara::v1::STAGE_SCANNING);
    part.set_rung(sara::v1::RUNG_TEAM);
    part.clear_next();
  });
}

void OnExpired(Tables& tables, const clock::v1::Clock& clock, const record::v1::Record& record) {
  // A watch that ends is no lateness; an action's is told once, when it was due; a team's review is
  // no call's.
  if (clock.kind() == "watch" || clock.kind() == "overdue-action" ||
      clock.kind() == "review-priorities") {
    return;
  }
  // A clock runs on a problem or on one of its actions.
  bool on_action = clock.subject().find("/actions/") != std::string::npos;
  std::string problem = on_action ? std::string(ParentOf(clock.subject())) : clock.subject();
  UpdateAll(tables, problem, record, [&](SaraPart& part) {
    part.add_overdue(absl::StrCat(LastId(clock.owner()), " to ", clock.kind()));
    // Nobody waits for that agency's answer any more.
    if (clock.kind() == "accept-action") part.clear_next();
  });
}

}  // namespace

void FoldSara(Tables& tables, const Event& event, const record::v1::Record& record) {
  const std::string& subject = record.subject();
  std::string problem_of_action(ParentOf(subject));
  switch (event.event_case()) {
    case Event::kProblemOpened:
      return On(tables, event.problem_opened(), record);
    case Event::kProblemTransferred:
      return UpdateAll(tables, subject, record,
                       [&](SaraPart& part) { part.set_team(event.problem_transferred().team()); });
    case Event::kCallAttached:
      return On(tables, event.call_attached(), record);
    case Event::kCallDetached:
      return LetGo(tables, event.call_detached().name(), event.call_detached().call());
    case Event::kProblemTakenUp:
      return UpdateAll(tables, subject, record, [](SaraPart& part) {
        part.set_state(sara::v1::PROBLEM_STATE_IN_HAND);
        part.set_stage(sara::v1::STAGE_SCANNING);
        part.clear_next();
      });
    case Event::kStageEntered:
      return UpdateAll(tables, subject, record, [&](SaraPart& part) {
        part.set_stage(event.stage_entered().stage());
        part.clear_next();
      });
    case Event::kActionProposed:
      return UpdateAll(tables, problem_of_action, record, [&](SaraPart& part) {
        part.set_next(absl::StrCat(AgencyOf(event.action_proposed().action().agency()),
                                   " accepts or declines an action"));
      });
    case Event::kActionReassigned:
      return UpdateAll(tables, problem_of_action, record, [&](SaraPart& part) {
        part.set_next(absl::StrCat(AgencyOf(event.action_reassigned().agency()),
                                   " accepts or declines an action"));
      });
    case Event::kActionAccepted:
      return UpdateAll(tables, problem_of_action, record,
                       [](SaraPart& part) { part.set_next("the accepted action is done"); });
    case Event::kActionDeclined:
    case Event::kActionCompleted:
      return UpdateAll(tables, problem_of_action, record,
                       [](SaraPart& part) { part.clear_next(); });
    case Event::kProblemRaised:
      return UpdateAll(tables, subject, record,
                       [&](SaraPart& part) { part.set_rung(event.problem_raised().to()); });
    case Event::kResourcesCommitted:
    case Event::kProblemSentBack:
    case Event::kProblemReturned:
      return UpdateAll(tables, subject, record,
                       [](SaraPart& part) { part.set_rung(sara::v1::RUNG_TEAM); });
    case Event::kProblemClosed:
      return UpdateAll(tables, subject, record, [](SaraPart& part) {
        part.set_state(sara::v1::PROBLEM_STATE_CLOSED);
        part.clear_next();
      });
    case Event::kClockExpired:
      return OnExpired(tables, event.clock_expired().clock(), record);
    case Event::kProblemParked:
      return UpdateAll(tables, subject, record, [](SaraPart& part) {
        part.set_state(sara::v1::PROBLEM_STATE_PARKED);
        part.set_next("the team watches for more of it");
      });
    case Event::kProblemReopened:
      return On(tables, event.problem_reopened(), record);
    case Event::kPrioritiesSet:
    case Event::kTeamMeetingScheduled:
    case Event::kAttendanceRecorded:
    case Event::kDecisionRecorded:
    case Event::kTeamMeetingClosed:
    case Event::kTeamKnown:
    case Event::kTeamInvited:
    case Event::kInvitationAccepted:
    case Event::kInvitationDeclined:
    case Event::kProblemClassified:
    case Event::kProblemAffected:
    case Event::kSustainChecked:
    case Event::kCaseReviewThresholdMet:
    case Event::kAgencyAdmitted:
    case Event::kScanRecorded:
    case Event::kSourceAdded:
    case Event::kAnalysisRecorded:
    case Event::kHypothesisAdded:
    case Event::kHypothesisRejected:
    case Event::kObjectiveSet:
    case Event::kAssessmentPlanned:
    case Event::kAssessmentRecorded:
    case Event::kClockWarned:
    case Event::kCouncilConfigured:
    case Event::kClockRecomputed:
    case Event::kReactionRefused:
    case Event::kActRecorded:
    case Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::insight
