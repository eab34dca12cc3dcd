#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/calendar/calendar.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

/// What follows from the tables by rule and is shown, never stored.

/// Sets a recommendation's `rag`: as its last update said, or red by rule while one is overdue
/// (F51).
void ShowRag(v1::Recommendation& recommendation);

/// What a council's scrutiny is owed on this day, the longest overdue first; at most `most` of it
/// (F49).
std::vector<v1::OverdueItem> OverdueOf(const Tables& tables, absl::string_view council,
                                       absl::Time now, const calendar::Calendar& calendar,
                                       int most);

/// What a meeting has before it on this day (F48).
v1::Agenda AgendaOf(const Tables& tables, const v1::Meeting& meeting, absl::Time now,
                    const calendar::Calendar& calendar);

}  // namespace ccfa::scrutiny
