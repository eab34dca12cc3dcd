#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/state/rows.h"

namespace ccfa::state {

/// One number, under a byte of its own in its service.
class Counter {
 public:
  Counter(Rows& rows, char id) : rows_(&rows), key_(1, id) {}

  uint64_t Get() const {
    uint64_t value = 0;
    auto stored = rows_->Get(key_);
    if (stored && !absl::SimpleAtoi(*stored, &value)) {
      rows_->Report(absl::DataLossError("a counter is damaged"));
    }
    return value;
  }
  void Increment() { rows_->Put(key_, absl::StrCat(Get() + 1)); }

 private:
  Rows* rows_;
  std::string key_;
};

}  // namespace ccfa::state
