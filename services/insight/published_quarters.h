#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "services/insight/publication.h"

namespace ccfa::insight {

/// What councils publish of their quarters, once it was made: that takes a fold of the past and a
/// look at every call, anybody may ask for it, and it is the same for ever. Thread-safe.
class PublishedQuarters {
 public:
  /// Null where it was not made yet.
  std::shared_ptr<const Publication> Find(absl::string_view council,
                                          const calendar::Quarter& quarter) const;
  /// One without calls is made in no time, and is not kept.
  void Keep(absl::string_view council, const calendar::Quarter& quarter,
            std::shared_ptr<const Publication> publication);

 private:
  mutable std::mutex mutex_;  // guards what follows
  absl::flat_hash_map<std::string, std::shared_ptr<const Publication>> kept_;
};

}  // namespace ccfa::insight
