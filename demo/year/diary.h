#pragma once

#include <coroutine>
#include <cstdint>
#include <exception>
#include <set>

#include "absl/time/time.h"

namespace ccfa::year {

/// What somebody does over weeks and months, written as one straight line: a coroutine that begins
/// at once, waits for days of the diary and ends by itself. Its arguments are values, or outlive
/// the diary.
struct Life {
  struct promise_type {
    Life get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

/// Who goes on when: the earliest first, at one instant whoever wrote first. One thread.
class Diary {
 public:
  Diary() = default;
  Diary(const Diary&) = delete;
  Diary& operator=(const Diary&) = delete;
  /// Lives that still wait end where they are.
  ~Diary();

  struct Waiting {
    Diary& diary;
    absl::Time until;
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> life) { diary.Write(until, life); }
    void await_resume() const {}
  };
  Waiting Until(absl::Time time) { return {*this, time}; }

  /// When the next life goes on; the infinite future when none waits.
  absl::Time Next() const;
  void GoOn();

 private:
  struct Entry {
    absl::Time time;
    uint64_t number;
    std::coroutine_handle<> life;
    bool operator<(const Entry& other) const {
      return time != other.time ? time < other.time : number < other.number;
    }
  };
  void Write(absl::Time time, std::coroutine_handle<> life);

  std::set<Entry> entries_;
  uint64_t written_ = 0;
};

}  // namespace ccfa::year
