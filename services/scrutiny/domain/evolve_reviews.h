#pragma once

#include "ccfa/scrutiny/v1/events.pb.h"
#include "common/engine/clocks.h"
#include "common/engine/command.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

/// What each event of a review means for its row. Part of Evolve.
void On(Tables& tables, const v1::ReviewScoped& event, const engine::Record& record);
void On(Tables& tables, const v1::InterestDeclared& event, const engine::Record& record);
void On(Tables& tables, const v1::MemberCoOpted& event, const engine::Record& record);
void On(Tables& tables, const v1::CommitteeJoined& event, const engine::Record& record);
void On(Tables& tables, const v1::WitnessCalled& event, const engine::Record& record);
void On(Tables& tables, const v1::InformationRequested& event, const engine::Record& record);
void On(Tables& tables, const v1::InformationRequestAnswered& event, const engine::Record& record);
void On(Tables& tables, const v1::InformationRequestRefused& event, const engine::Record& record);
void On(Tables& tables, const v1::AttendanceRequested& event, const engine::Record& record);
void On(Tables& tables, const v1::AttendanceRequestAnswered& event, const engine::Record& record);
void On(Tables& tables, const v1::SessionRecorded& event, const engine::Record& record);
void On(Tables& tables, const v1::ReviewEvidenceAdded& event, const engine::Record& record);
void On(Tables& tables, const v1::ReportPublished& event, const engine::Record& record);

/// An agency's answer to a review's request did not come in time.
void MarkRequestOverdue(Tables& tables, const engine::Clock& clock, const engine::Record& record);

/// Nobody waits any more for what the review of a closed referral asked.
void StopReview(Tables& tables, const std::string& referral);

}  // namespace ccfa::scrutiny
