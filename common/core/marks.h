#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace ccfa {

/// What people mark as personal in a text: "seen by [[Mrs Doe at number 4]]".

/// What everybody reads in its place.
inline constexpr absl::string_view kWithheld = "[withheld]";

/// A text with something marked in it, whole and without the marks. `field` is its path.
struct MarkedText {
  std::string field, text;
};

/// Whether there is any mark, closed or not.
bool HasMarks(const google::protobuf::Message& message);

/// Takes what is marked out of every text of a message, which stands at `path`; gives the texts
/// that had something marked. INVALID_ARGUMENT naming the field, and never quoting it, where a mark
/// does not close, closes nothing, holds nothing or another one.
absl::StatusOr<std::vector<MarkedText>> CutMarks(const std::string& path,
                                                 google::protobuf::Message& message);

}  // namespace ccfa
