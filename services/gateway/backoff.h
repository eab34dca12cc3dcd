#pragma once

#include <algorithm>

#include "absl/time/time.h"

namespace ccfa::gateway {

/// How long to wait before what has failed so often in a row is tried again: a second, and each
/// time twice as long, up to `longest`. By `chance`, between 0 and 1, up to a half less, so that
/// those who failed together do not come back together.
inline absl::Duration BackoffAfter(int failures, absl::Duration longest, double chance) {
  constexpr int kDoublings = 30;
  const absl::Duration whole =
      std::min(longest, absl::Seconds(int64_t{1} << std::clamp(failures - 1, 0, kDoublings)));
  return whole * (1 - chance / 2);
}

}  // namespace ccfa::gateway
