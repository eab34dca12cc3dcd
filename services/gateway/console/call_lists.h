#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "services/gateway/console/visit.h"

namespace ccfa::gateway::console {

/// A page of a council's calls; of every ward, in every state and with any words where those are
/// left out.
absl::StatusOr<Table> CallsTable(const Visit& visit, const std::string& path,
                                 const std::string& ward, ccfa::insight::v1::StoryState state,
                                 const std::string& words = "");

/// What happened to the thing that is looked at, and to what it led to.
absl::StatusOr<Timeline> HistoryOf(const Visit& visit);

/// The points of calls as a map takes them; those without one are left out.
std::string PointsOf(const std::vector<ccfa::insight::v1::CallStory>& calls);

}  // namespace ccfa::gateway::console
