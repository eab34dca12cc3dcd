#pragma once

#include <cstdint>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace ccfa::insight {

/// A text by the runs of three letters or digits in its words, in whatever case and order.
class Trigrams {
 public:
  explicit Trigrams(absl::string_view text);

  /// 0, nothing in common, to 1, the same: the share of the runs of either that both have. Two
  /// texts without any words have nothing in common.
  double LikenessTo(const Trigrams& other) const;

 private:
  absl::flat_hash_set<uint32_t> runs_;
};

}  // namespace ccfa::insight
