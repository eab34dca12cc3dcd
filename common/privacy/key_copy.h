#pragma once

#include "absl/status/statusor.h"
#include "common/privacy/key_store.h"

namespace ccfa::privacy {

struct CopiedKeys {
  /// Of the source, all of which the target has now.
  int keys = 0;
  /// How many of them were not there before, or were wrapped otherwise.
  int copied = 0;
};

/// Brings every key of `from` to `to`, wrapped as it is, and reads it there again; run again, it
/// goes on. What was destroyed in `from` is not brought; where `to` still has it, it goes when a
/// process looks through its journal there.
absl::StatusOr<CopiedKeys> CopyKeys(const KeyStore& from, KeyStore& to);

}  // namespace ccfa::privacy
