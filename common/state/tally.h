#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/state/rows.h"

namespace ccfa::state {

/// A number for each of many names, under a byte of its own in its service; 0 until it is changed.
class Tally {
 public:
  Tally(Rows& rows, char id) : rows_(&rows), id_(id) {}

  int64_t Of(absl::string_view name) const {
    int64_t value = 0;
    auto stored = rows_->Get(Key(name));
    if (stored && !absl::SimpleAtoi(*stored, &value)) {
      rows_->Report(absl::DataLossError("a tally is damaged"));
    }
    return value;
  }
  void Add(absl::string_view name, int64_t more) {
    rows_->Put(Key(name), absl::StrCat(Of(name) + more));
  }

 private:
  std::string Key(absl::string_view name) const {
    return absl::StrCat(absl::string_view(&id_, 1), name);
  }

  Rows* rows_;
  char id_;
};

}  // namespace ccfa::state
