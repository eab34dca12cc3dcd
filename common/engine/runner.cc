#include "common/engine/runner.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>

namespace ccfa::engine {
namespace {

constexpr size_t kThreadNameLength = 15;  // what Linux keeps of it

}  // namespace

Runner::Runner(Stepper& stepper, const TimeSource& time) : stepper_(stepper), time_(time) {
  stepper_.OnWork([bell = bell_] { Ring(*bell); });
  thread_ = std::thread([this] { Run(); });
  pthread_setname_np(thread_.native_handle(),
                     stepper_.service().substr(0, kThreadNameLength).c_str());
}

Runner::~Runner() {
  {
    std::lock_guard lock(bell_->mutex);
    stopping_ = true;
  }
  bell_->rung_or_done.notify_all();
  thread_.join();
}

void Runner::Ring(Bell& bell) {
  {
    std::lock_guard lock(bell.mutex);
    if (bell.rung) return;
    bell.rung = true;
  }
  bell.rung_or_done.notify_all();
}

void Runner::Between(absl::AnyInvocable<void()> job) {
  std::unique_lock lock(bell_->mutex);
  bell_->rung_or_done.wait(lock, [this] { return !job_; });
  bool done = false;
  job_ = [&] {
    job();
    std::lock_guard finished(bell_->mutex);
    done = true;
  };
  bell_->rung = true;
  bell_->rung_or_done.notify_all();
  bell_->rung_or_done.wait(lock, [&] { return done; });
}

void Runner::Run() {
  while (true) {
    absl::AnyInvocable<void()> job;
    {
      std::lock_guard lock(bell_->mutex);
      if (stopping_) return;
      bell_->rung = false;
      job = std::exchange(job_, nullptr);
    }
    if (job) {
      job();
      bell_->rung_or_done.notify_all();
    }
    if (!stepper_.Step() || !stepper_.HasWork()) Sleep();
  }
}

void Runner::Sleep() {
  absl::Duration wait =
      std::clamp(stepper_.NextDue() - time_.Now(), absl::ZeroDuration(), stepper_.LongestSleep());
  std::unique_lock lock(bell_->mutex);
  bell_->rung_or_done.wait_for(lock, absl::ToChronoMicroseconds(wait),
                               [this] { return bell_->rung || stopping_; });
}

}  // namespace ccfa::engine
