#include "common/engine/answerer.h"

#include <pthread.h>

#include <iterator>
#include <utility>

namespace ccfa::engine {

Answerer::Answerer() : thread_([this] { Run(); }) {
  pthread_setname_np(thread_.native_handle(), "answers");
}

Answerer::~Answerer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waiting_or_stopping_.notify_one();
  thread_.join();
}

void Answerer::Give(std::vector<Answer> answers) {
  {
    std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.end(), std::make_move_iterator(answers.begin()),
                    std::make_move_iterator(answers.end()));
  }
  waiting_or_stopping_.notify_one();
}

void Answerer::Run() {
  while (true) {
    std::vector<Answer> giving;
    {
      std::unique_lock lock(mutex_);
      waiting_or_stopping_.wait(lock, [this] { return !waiting_.empty() || stopping_; });
      if (waiting_.empty()) return;
      giving = std::exchange(waiting_, {});
    }
    for (Answer& answer : giving) answer();
  }
}

}  // namespace ccfa::engine
