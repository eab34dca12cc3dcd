#pragma once

#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/core/clock.h"

namespace ccfa::gateway {

/// How often each may ask: so many a second in the long run, and twice as many at once. What is
/// kept of them is bounded. Thread-safe.
class RateLimit {
 public:
  /// The time outlives it. `a_second` is more than 0.
  RateLimit(double a_second, const TimeSource& time) : a_second_(a_second), time_(time) {}

  /// RESOURCE_EXHAUSTED TOO_MANY_REQUESTS, with when to try again.
  absl::Status Take(const std::string& who);

 private:
  struct Bucket {
    double left = 0;
    absl::Time as_of;
  };
  /// Forgets whoever may ask as often as somebody new.
  void ForgetLocked(absl::Time now);

  const double a_second_;
  const TimeSource& time_;
  std::mutex mutex_;  // guards what follows
  absl::flat_hash_map<std::string, Bucket> buckets_;
};

}  // namespace ccfa::gateway
