#pragma once

#include <atomic>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace ccfa {

/// Where time comes from. Only this header reads the machine's clock.
class TimeSource {
 public:
  virtual ~TimeSource() = default;
  virtual absl::Time Now() const = 0;
};

/// The machine's clock, to the microsecond: what a record keeps is what was decided on.
class SystemTime final : public TimeSource {
 public:
  absl::Time Now() const override { return absl::FromUnixMicros(absl::ToUnixMicros(absl::Now())); }
};

/// Time that a test or a simulation drives. Thread-safe.
class ManualTime final : public TimeSource {
 public:
  explicit ManualTime(absl::Time start) : micros_(absl::ToUnixMicros(start)) {}
  absl::Time Now() const override { return absl::FromUnixMicros(micros_); }
  void Set(absl::Time now) { micros_ = absl::ToUnixMicros(now); }
  void Advance(absl::Duration by) { micros_ += absl::ToInt64Microseconds(by); }

 private:
  std::atomic<int64_t> micros_;
};

}  // namespace ccfa
