#include "demo/year/diary.h"

namespace ccfa::year {

Diary::~Diary() {
  for (const Entry& entry : entries_) entry.life.destroy();
}

absl::Time Diary::Next() const {
  return entries_.empty() ? absl::InfiniteFuture() : entries_.begin()->time;
}

void Diary::GoOn() {
  std::coroutine_handle<> life = entries_.begin()->life;
  entries_.erase(entries_.begin());
  life.resume();
}

void Diary::Write(absl::Time time, std::coroutine_handle<> life) {
  entries_.insert({time, ++written_, life});
}

}  // namespace ccfa::year
