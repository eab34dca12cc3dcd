#pragma once

#include <string>
#include <vector>

#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// Notes an event under its subject: when, who, what, why; gives what it noted.
v1::HistoryEntry NoteHistory(Tables& tables, absl::string_view topic,
                             const record::v1::Record& record,
                             const google::protobuf::Message& inner);

/// The events about a thing and about what it led to, oldest first.
std::vector<v1::HistoryEntry> HistoryOf(const Tables& tables, const std::string& name);

}  // namespace ccfa::insight
