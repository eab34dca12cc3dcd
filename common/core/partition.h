#pragma once

#include "absl/strings/string_view.h"
#include "common/core/hash.h"

namespace ccfa {

/// The partition of every topic that has all of a council. It never changes: where a council's
/// records are was decided by its first.
inline int PartitionOf(absl::string_view council, int partitions) {
  return static_cast<int>(Fingerprint(council) % static_cast<uint64_t>(partitions));
}

}  // namespace ccfa
