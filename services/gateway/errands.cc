#include "services/gateway/errands.h"

#include <utility>

namespace ccfa::gateway {

Errands::Errands(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

void Errands::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waiting_or_stopping_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Errands::Run(Errand errand) {
  {
    std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(errand));
  }
  waiting_or_stopping_.notify_one();
}

void Errands::Work() {
  while (true) {
    std::unique_lock lock(mutex_);
    waiting_or_stopping_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    Errand errand = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    errand();
  }
}

}  // namespace ccfa::gateway
