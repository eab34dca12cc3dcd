#pragma once

#include <deque>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "common/engine/command.h"

namespace ccfa::engine {

/// The commands waiting for a service's writer. Bounded; thread-safe.
class CommandQueue {
 public:
  explicit CommandQueue(size_t capacity) : capacity_(capacity) {}

  /// False when full: the command is untouched and its owner answers it.
  [[nodiscard]] bool Push(Command&& command) {
    std::lock_guard lock(mutex_);
    if (waiting_.size() >= capacity_) return false;
    waiting_.push_back(std::move(command));
    return true;
  }

  /// The next commands in order, at most `limit`.
  std::vector<Command> Take(size_t limit) {
    std::lock_guard lock(mutex_);
    std::vector<Command> taken;
    taken.reserve(std::min(limit, waiting_.size()));
    while (taken.size() < limit && !waiting_.empty()) {
      taken.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    return taken;
  }

  size_t size() const {
    std::lock_guard lock(mutex_);
    return waiting_.size();
  }

 private:
  const size_t capacity_;
  mutable std::mutex mutex_;
  std::deque<Command> waiting_;
};

}  // namespace ccfa::engine
