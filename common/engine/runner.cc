#include "common/engine/runner.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>

namespace ccfa::engine {
namespace {

constexpr size_t kThreadNameLength = 15;  // what Linux keeps of it

}  // namespace

Runner::Runner(Stepper& stepper, const TimeSource& time) : stepper_(stepper), time_(time) {
  stepper_.OnWork([this] { Ring(); });
  thread_ = std::thread([this] { Run(); });
  pthread_setname_np(thread_.native_handle(),
                     stepper_.service().substr(0, kThreadNameLength).c_str());
}

Runner::~Runner() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  rung_or_done_.notify_all();
  thread_.join();
}

void Runner::Ring() {
  {
    std::lock_guard lock(mutex_);
    if (rung_) return;
    rung_ = true;
  }
  rung_or_done_.notify_all();
}

void Runner::Between(absl::AnyInvocable<void()> job) {
  std::unique_lock lock(mutex_);
  rung_or_done_.wait(lock, [this] { return !job_; });
  bool done = false;
  job_ = [&] {
    job();
    std::lock_guard finished(mutex_);
    done = true;
  };
  rung_ = true;
  rung_or_done_.notify_all();
  rung_or_done_.wait(lock, [&] { return done; });
}

void Runner::Run() {
  while (true) {
    absl::AnyInvocable<void()> job;
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return;
      rung_ = false;
      job = std::exchange(job_, nullptr);
    }
    if (job) {
      job();
      rung_or_done_.notify_all();
    }
    if (!stepper_.Step() || !stepper_.HasWork()) Sleep();
  }
}

void Runner::Sleep() {
  absl::Duration wait =
      std::clamp(stepper_.NextDue() - time_.Now(), absl::ZeroDuration(), stepper_.LongestSleep());
  std::unique_lock lock(mutex_);
  rung_or_done_.wait_for(lock, absl::ToChronoMicroseconds(wait),
                         [this] { return rung_ || stopping_; });
}

}  // namespace ccfa::engine
