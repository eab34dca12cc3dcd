#pragma once

#include "ccfa/scrutiny/v1/events.pb.h"
#include "common/engine/clocks.h"
#include "common/engine/command.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

/// What each event of a case review means for its row. Part of Evolve.
void On(Tables& tables, const v1::CaseReviewOpened& event, const engine::Record& record);
void On(Tables& tables, const v1::CaseReviewAcknowledged& event, const engine::Record& record);
void On(Tables& tables, const v1::ApplicantAsked& event, const engine::Record& record);
void On(Tables& tables, const v1::ApplicantAnswered& event, const engine::Record& record);
void On(Tables& tables, const v1::CaseReviewDecided& event, const engine::Record& record);
void On(Tables& tables, const v1::CaseReviewHeld& event, const engine::Record& record);
void On(Tables& tables, const v1::CaseReviewAppealed& event, const engine::Record& record);

/// It was not acknowledged, or not decided, in time.
void MarkCaseReviewOverdue(Tables& tables, const engine::Clock& clock,
                           const engine::Record& record);

}  // namespace ccfa::scrutiny
