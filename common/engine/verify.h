#pragma once

#include <cstdint>
#include <string>

#include "common/engine/stepper.h"
#include "common/journal/journal.h"

namespace ccfa::engine {

/// What a walk along a topic's chains found.
struct Verdict {
  uint64_t records = 0;
  uint64_t councils = 0;
  /// Empty: whole. Otherwise where it breaks and how.
  std::string damage;
};

/// Walks a topic from its first record: seqs are contiguous, every record decodes and carries the
/// hash of its council's record before it (F71). An error only when the journal cannot be read.
absl::StatusOr<Verdict> Verify(const journal::Journal& journal, const OnProgress& progress);

}  // namespace ccfa::engine
