#pragma once

#include <condition_variable>
#include <memory>
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
  void Ring() { Ring(*bell_); }

  Stepper& stepper() { return stepper_; }

 private:
  /// What others ring. They may still do so when the runner is gone.
  struct Bell {
    std::mutex mutex;
    std::condition_variable rung_or_done;
    bool rung = false;
  };

  static void Ring(Bell& bell);
  void Run();
  void Sleep();

  Stepper& stepper_;
  const TimeSource& time_;
  const std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  bool stopping_ = false;           // guarded by the bell's mutex
  absl::AnyInvocable<void()> job_;  // so is this
  std::thread thread_;
};

}  // namespace ccfa::engine
