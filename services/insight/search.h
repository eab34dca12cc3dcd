#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ccfa/insight/v1/tables.pb.h"

namespace ccfa::insight {

/// Words of at least two letters or digits, in lower case, each once and in order.
std::vector<std::string> WordsIn(absl::string_view text);

/// The words that a call is found by: of its summary, its place and its category.
std::vector<std::string> WordsOf(const v1::StoryRow& row);

/// What somebody looks for: a call has it where each word begins one of its own.
class Search {
 public:
  /// INVALID_ARGUMENT words: there is none, or too many.
  static absl::StatusOr<Search> For(absl::string_view text);

  /// The word that most calls do not have, as it seems.
  const std::string& rarest() const { return rarest_; }
  bool Finds(const v1::StoryRow& row) const;
  /// Whether it is to be taken by this word of its: by the first that `rarest` begins, so that no
  /// call is found twice.
  bool IsFoundBy(absl::string_view word, const v1::StoryRow& row) const;

 private:
  std::vector<std::string> words_;
  std::string rarest_;
};

}  // namespace ccfa::insight
