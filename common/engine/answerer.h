#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace ccfa::engine {

/// A thread that gives answers, so that a writer can take its next turn while they go out: sending
/// one costs about as much as deciding one.
class Answerer {
 public:
  using Answer = absl::AnyInvocable<void()>;

  Answerer();
  /// Gives what waits, then stops.
  ~Answerer();
  Answerer(const Answerer&) = delete;
  Answerer& operator=(const Answerer&) = delete;

  /// Any thread.
  void Give(std::vector<Answer> answers);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable waiting_or_stopping_;
  std::vector<Answer> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace ccfa::engine
