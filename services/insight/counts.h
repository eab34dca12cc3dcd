#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// What a call is counted as; none before its CallLogged has been folded.
std::optional<v1::CountRow> CountOf(const v1::StoryRow& row);

/// The call was counted as one and is another now.
void CountAgain(Tables& tables, absl::string_view call, const std::optional<v1::CountRow>& before,
                const std::optional<v1::CountRow>& after);

/// INVALID_ARGUMENT where the parent is no council's name, or a month is none.
absl::Status CountCalls(const Tables& tables, const v1::CountCallsRequest& request,
                        v1::CallCounts& reply);

}  // namespace ccfa::insight
