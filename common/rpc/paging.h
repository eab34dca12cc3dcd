#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::rpc {

/// One page of a list: how many, and after which entry. A token belongs to the list it came from:
/// the same parent and filters.
class Page {
 public:
  static constexpr int kLargest = 1000;

  /// `list` says which list this is, in any form: it is only compared. INVALID_ARGUMENT naming
  /// `page_size` or `page_token`.
  static absl::StatusOr<Page> Of(int32_t page_size, absl::string_view page_token,
                                 absl::string_view list, int default_size = 100);

  /// The entry to go on after; empty for the first page.
  const std::string& after() const { return after_; }
  /// Notes that an entry was listed. False when the page was full already and the entry is not on
  /// it.
  bool Take(absl::string_view entry);
  /// Where the next page starts; empty when this was the last.
  std::string NextToken() const;

 private:
  int size_ = 0;
  int taken_ = 0;
  bool more_ = false;
  std::string list_;
  std::string after_;
  std::string last_;
};

}  // namespace ccfa::rpc
