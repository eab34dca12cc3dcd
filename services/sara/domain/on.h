#pragma once

#include "ccfa/sara/v1/events.pb.h"
#include "common/engine/command.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

// What each event changes, event by event: evolve_calls.cc, evolve_stages.cc, evolve_actions.cc,
// evolve_rungs.cc, evolve_ends.cc, evolve_joint.cc,
// evolve_teams.cc, evolve_meetings.cc. None of them refuses.

using engine::Record;

void On(Tables& tables, const v1::ProblemOpened& event, const Record& record);
void On(Tables& tables, const v1::ProblemTransferred& event, const Record& record);
void On(Tables& tables, const v1::CallAttached& event, const Record& record);
void On(Tables& tables, const v1::CallDetached& event, const Record& record);
void On(Tables& tables, const v1::ProblemClassified& event, const Record& record);
void On(Tables& tables, const v1::ProblemAffected& event, const Record& record);

void On(Tables& tables, const v1::ProblemTakenUp& event, const Record& record);
void On(Tables& tables, const v1::SourceAdded& event, const Record& record);
void On(Tables& tables, const v1::HypothesisAdded& event, const Record& record);
void On(Tables& tables, const v1::HypothesisRejected& event, const Record& record);
void On(Tables& tables, const v1::ObjectiveSet& event, const Record& record);
void On(Tables& tables, const v1::StageEntered& event, const Record& record);
void On(Tables& tables, const v1::AssessmentRecorded& event, const Record& record);

void On(Tables& tables, const v1::ActionProposed& event, const Record& record);
void On(Tables& tables, const v1::ActionAccepted& event, const Record& record);
void On(Tables& tables, const v1::ActionReassigned& event, const Record& record);
void On(Tables& tables, const v1::ActionDeclined& event, const Record& record);
void On(Tables& tables, const v1::ActionCompleted& event, const Record& record);

void On(Tables& tables, const v1::ProblemRaised& event, const Record& record);
void On(Tables& tables, const v1::ResourcesCommitted& event, const Record& record);
void On(Tables& tables, const v1::ProblemSentBack& event, const Record& record);
void On(Tables& tables, const v1::ProblemReturned& event, const Record& record);

void On(Tables& tables, const v1::ProblemClosed& event, const Record& record);
void On(Tables& tables, const v1::ProblemParked& event, const Record& record);
void On(Tables& tables, const v1::ProblemReopened& event, const Record& record);
void On(Tables& tables, const v1::SustainChecked& event, const Record& record);

void On(Tables& tables, const v1::TeamInvited& event, const Record& record);
void On(Tables& tables, const v1::InvitationAccepted& event, const Record& record);
void On(Tables& tables, const v1::InvitationDeclined& event, const Record& record);

void On(Tables& tables, const v1::TeamKnown& event, const Record& record);
void On(Tables& tables, const v1::PrioritiesSet& event, const Record& record);

void On(Tables& tables, const v1::TeamMeetingScheduled& event, const Record& record);
void On(Tables& tables, const v1::AttendanceRecorded& event, const Record& record);
void On(Tables& tables, const v1::DecisionRecorded& event, const Record& record);
void On(Tables& tables, const v1::TeamMeetingClosed& event, const Record& record);

}  // namespace ccfa::sara
