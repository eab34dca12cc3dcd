#pragma once

#include "absl/time/time.h"
#include "ccfa/insight/v1/audit.pb.h"
#include "services/insight/fold.h"

namespace ccfa::insight {

/// Keeps an event for the audit when it is an access to personal data or an administrative act;
/// `entry` is what history says of it.
void NoteAudit(Tables& tables, const v1::HistoryEntry& entry, const record::v1::Record& record,
               const google::protobuf::Message& inner);

/// One page of a council's audit, the newest first.
absl::Status ListAudit(const Tables& tables, const v1::ListAuditRequest& request,
                       v1::ListAuditResponse& reply);

/// Whether they have said, not before `since`, what they export the council's calls for.
bool IsExportRecorded(const Tables& tables, absl::string_view council, absl::string_view who,
                      absl::Time since);

}  // namespace ccfa::insight
