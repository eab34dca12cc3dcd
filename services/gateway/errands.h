#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ccfa::gateway {

/// Threads of their own for what may take long, so that whoever hands it over goes on meanwhile.
class Errands {
 public:
  using Errand = std::function<void()>;

  explicit Errands(int threads);
  ~Errands() { Stop(); }
  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  /// In their order, as many at a time as there are threads. Any thread.
  void Run(Errand errand);
  /// What is under way is run to its end; what waits, or comes later, is dropped.
  void Stop();

 private:
  void Work();

  std::mutex mutex_;  // guards what follows
  std::condition_variable waiting_or_stopping_;
  std::deque<Errand> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace ccfa::gateway
