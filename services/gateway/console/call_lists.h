#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {

/// A page of a council's calls; of every ward, in every state and with any words where those are
/// left out.
absl::StatusOr<Table> CallsTable(const Visit& visit, const std::string& path,
                                 const std::string& ward, ccfa::insight::v1::StoryState state,
                                 const std::string& words = "");

using Duplicates = google::protobuf::RepeatedPtrField<ccfa::insight::v1::Duplicate>;
/// Open calls that may be about what another is about (F8).
Table AlikeTable(const Duplicates& duplicates);

/// What happened to the thing that is looked at, and to what it led to.
absl::StatusOr<Timeline> HistoryOf(const Visit& visit);

/// Ends a page with who tried what (F45), a problem's or a referral's trail, and what happened.
template <class Trail>
absl::Status AddTrailAndHistory(const Visit& visit, const Trail& trail, Page& page) {
  Timeline tried;
  for (const auto& entry : trail)
    tried.entries.push_back({WhenOf(entry.time()), entry.what(), entry.who(), entry.result()});
  absl::StatusOr<Timeline> history = HistoryOf(visit);
  if (!history.ok()) return history.status();
  page.blocks.push_back(Heading{"Who tried what"});
  page.blocks.push_back(std::move(tried));
  page.blocks.push_back(Heading{"What happened", "history"});
  page.blocks.push_back(*std::move(history));
  return absl::OkStatus();
}

/// The points of calls as a map takes them; those without one are left out.
std::string PointsOf(const std::vector<ccfa::insight::v1::CallStory>& calls);

}  // namespace ccfa::gateway::console
