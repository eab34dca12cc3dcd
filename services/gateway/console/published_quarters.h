#pragma once

#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "ccfa/insight/v1/publication.pb.h"
#include "services/gateway/console/ask.h"

namespace ccfa::gateway::console {

/// What councils publish of their quarters, kept: making it takes a look at every call, anybody may
/// ask for it, and it is the same for ever. Thread-safe.
class PublishedQuarters {
 public:
  /// As InsightService.GetPublishedQuarter answers; a refusal is not kept.
  absl::StatusOr<ccfa::insight::v1::PublishedQuarter> Get(
      const Asker& asker, const ccfa::insight::v1::GetPublishedQuarterRequest& request);

 private:
  std::mutex mutex_;  // guards what follows
  absl::flat_hash_map<std::string, ccfa::insight::v1::PublishedQuarter> kept_;
};

}  // namespace ccfa::gateway::console
