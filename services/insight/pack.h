#pragma once

#include <string>

#include "ccfa/record/v1/record.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "ccfa/scrutiny/v1/events.pb.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// Keeps what a referral pack tells beside the calls and the history. Events that say nothing to a
/// committee lead to nothing.
void NotePack(Tables& tables, const sara::v1::Event& event, const record::v1::Record& record);
void NotePack(Tables& tables, const scrutiny::v1::Event& event, const record::v1::Record& record);

/// The referral pack as Markdown: the issue, who is affected, what is sought, what was tried by
/// whom with what result, the team's work, the committee's, the clocks, and every event (F45, F46).
/// A pure function of the tables. Empty where there is no such referral.
std::string PackOf(const Tables& tables, const std::string& referral);

}  // namespace ccfa::insight
