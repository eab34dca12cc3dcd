#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/functional/any_invocable.h"
#include "common/core/clock.h"
#include "common/engine/stepper.h"

namespace ccfa::engine {

/// The thread that drives one stepper: steps while there is work, then sleeps until it is rung, a
/// clock is due, or a second has passed.
class Runner {
 public:
  Runner(Stepper& stepper, const TimeSource& time);
  /// Finishes the turn at hand and stops.
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// Runs `job` on the driving thread between two turns, and waits for it.
  void Between(absl::AnyInvocable<void()> job);

  /// Wakes the thread: there may be something to do.
  void Ring();

  Stepper& stepper() { return stepper_; }

 private:
  void Run();
  void Sleep();

  Stepper& stepper_;
  const TimeSource& time_;
  std::mutex mutex_;
  std::condition_variable rung_or_done_;
  bool rung_ = false;
  bool stopping_ = false;
  absl::AnyInvocable<void()> job_;
  std::thread thread_;
};

}  // namespace ccfa::engine
