#pragma once

#include <ctime>

#include "absl/time/time.h"

namespace ccfa {

/// How long the machine has been up, its sleep included: for what must end after a while whatever
/// happens to the process or to the wall clock.
inline absl::Duration SinceBoot() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return absl::DurationFromTimespec(now);
}

}  // namespace ccfa
