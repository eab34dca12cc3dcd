#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "common/state/rows.h"

namespace ccfa::state {

/// A set of resource names, under a byte of its own in its service.
class NameSet {
 public:
  NameSet(Rows& rows, char id) : rows_(&rows), id_(id) {}

  bool Contains(absl::string_view name) const { return rows_->Get(Key(name)).has_value(); }
  void Add(absl::string_view name) { rows_->Put(Key(name), ""); }

 private:
  std::string Key(absl::string_view name) const {
    return absl::StrCat(absl::string_view(&id_, 1), name);
  }

  Rows* rows_;
  char id_;
};

}  // namespace ccfa::state
