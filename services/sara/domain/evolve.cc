#include "services/sara/domain/evolve.h"

#include "absl/strings/str_cat.h"
#include "common/config/configured.h"
#include "services/sara/domain/change.h"
#include "services/sara/domain/on.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Action;
using v1::Problem;

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
  } else if (kind == kReviewClock) {
    tables.teams.Update(record.subject(), [](v1::TeamRow& row) { row.set_review_overdue(true); });
  } else if (kind == kWatchClock) {
    Update(tables, record, [&](Problem& problem) {
      problem.set_watched(false);
      Remember(problem, record, "watched it to the end", "it did not come back");
    });
  } else if (kind == kOverdueActionClock) {
    UpdateAction(tables, record, [&](Problem& problem, Action& action) {
      Remember(problem, record, ActionWords("waited in vain for", action),
               absl::StrCat(action.agency(), " is late with it since ", action.due_date()));
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
    case v1::Event::kHypothesisRejected:
      return On(tables, event.hypothesis_rejected(), record);
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
    case v1::Event::kActionReassigned:
      return On(tables, event.action_reassigned(), record);
    case v1::Event::kResourcesCommitted:
      return On(tables, event.resources_committed(), record);
    case v1::Event::kProblemSentBack:
      return On(tables, event.problem_sent_back(), record);
    case v1::Event::kAssessmentRecorded:
      return On(tables, event.assessment_recorded(), record);
    case v1::Event::kProblemRaised:
      return On(tables, event.problem_raised(), record);
    case v1::Event::kProblemReturned:
      return On(tables, event.problem_returned(), record);
    case v1::Event::kProblemClosed:
      return On(tables, event.problem_closed(), record);
    case v1::Event::kProblemClassified:
      return On(tables, event.problem_classified(), record);
    case v1::Event::kProblemAffected:
      return On(tables, event.problem_affected(), record);
    case v1::Event::kProblemParked:
      return On(tables, event.problem_parked(), record);
    case v1::Event::kProblemReopened:
      return On(tables, event.problem_reopened(), record);
    case v1::Event::kSustainChecked:
      return On(tables, event.sustain_checked(), record);
    case v1::Event::kCaseReviewThresholdMet:
      return Update(tables, record, [&](Problem& p) {
        *p.mutable_case_review_time() = record.time();
        Remember(p, record, "met the threshold of a case review",
                 absl::StrCat(event.case_review_threshold_met().complaints(), " complaints"));
      });
    case v1::Event::kTeamKnown:
      return On(tables, event.team_known(), record);
    case v1::Event::kPrioritiesSet:
      return On(tables, event.priorities_set(), record);
    case v1::Event::kTeamMeetingScheduled:
      return On(tables, event.team_meeting_scheduled(), record);
    case v1::Event::kAttendanceRecorded:
      return On(tables, event.attendance_recorded(), record);
    case v1::Event::kDecisionRecorded:
      return On(tables, event.decision_recorded(), record);
    case v1::Event::kTeamMeetingClosed:
      return On(tables, event.team_meeting_closed(), record);
    case v1::Event::kTeamInvited:
      return On(tables, event.team_invited(), record);
    case v1::Event::kInvitationAccepted:
      return On(tables, event.invitation_accepted(), record);
    case v1::Event::kInvitationDeclined:
      return On(tables, event.invitation_declined(), record);
    case v1::Event::kClockWarned:
      return tables.clocks.MarkWarned(event.clock_warned().clock());
    case v1::Event::kClockExpired:
      return On(tables, event.clock_expired(), record);
    case v1::Event::kCouncilConfigured:
      return On(tables, event.council_configured());
    case v1::Event::kClockRecomputed:
      return tables.clocks.Start(event.clock_recomputed().clock());
    case v1::Event::kReactionRefused:
    case v1::Event::kActRecorded:
      return;
    case v1::Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::sara
