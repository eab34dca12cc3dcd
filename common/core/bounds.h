#pragma once

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace ccfa {

/// Longest text in one field, in bytes, and most elements of one repeated field.
inline constexpr size_t kTextBytes = 10'000;
inline constexpr int kElements = 20'000;

/// Whether texts in which something is marked as personal are taken, by whoever cuts it out, or
/// refused, as nothing would: common/core/marks.
enum class Marks { kRefused, kTaken };

/// The bounds that hold for every request whatever it asks: each text at most kTextBytes of valid
/// UTF-8 without control characters (line feeds and tabs are text), no repeated field beyond
/// kElements, numbers finite. Bytes are no text: the message bounds them. INVALID_ARGUMENT naming
/// the field by its path.
absl::Status CheckBounds(const google::protobuf::Message& request, Marks marks = Marks::kRefused);

}  // namespace ccfa
