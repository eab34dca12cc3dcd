#pragma once

#include "common/core/refusal.h"

namespace ccfa::journal {

/// UNAVAILABLE REOPENING: storage that failed is being opened again, and gives no lease meanwhile.
inline absl::Status Reopening() {
  return NotNow("REOPENING", "the storage is being reopened");
}

}  // namespace ccfa::journal
