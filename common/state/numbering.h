#pragma once

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/core/names.h"
#include "common/state/rows.h"

namespace ccfa::state {

/// Numbers resources within a council and year: councils/E08000012/calls/2026-000123. Rules ask for
/// the next name; the event fixes it.
class Numbering {
 public:
  Numbering(Rows& rows, char id) : rows_(&rows), id_(id) {}

  std::string Next(absl::string_view council, absl::string_view collection, int year) const {
    uint64_t last = 0;
    auto stored = rows_->Get(Key(council, collection, absl::StrCat(year)));
    if (stored && !absl::SimpleAtoi(*stored, &last)) {
      rows_->Report(absl::DataLossError("a number is damaged"));
    }
    return absl::StrFormat("councils/%s/%s/%d-%06d", council, collection, year, last + 1);
  }

  /// `name` has been given away.
  void Use(absl::string_view collection, absl::string_view name) {
    absl::string_view id = LastId(name);
    size_t dash = id.find('-');
    uint64_t number = 0;
    if (absl::SimpleAtoi(id.substr(dash + 1), &number)) {
      rows_->Put(Key(CouncilOf(name), collection, id.substr(0, dash)), absl::StrCat(number));
    }
  }

 private:
  std::string Key(absl::string_view council, absl::string_view collection,
                  absl::string_view year) const {
    return absl::StrCat(absl::string_view(&id_, 1), council, "/", collection, "/", year);
  }

  Rows* rows_;
  char id_;
};

}  // namespace ccfa::state
