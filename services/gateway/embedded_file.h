#pragma once

#include <vector>

#include "absl/strings/string_view.h"

namespace ccfa::gateway {

/// One row of the table that embed.py writes; what it means is in embedded.h.
struct EmbeddedFile {
  enum Kind { kPlain, kTemplate, kAsset };
  Kind kind;
  /// "console.css"
  absl::string_view name;
  /// "console-1a2b3c4d.css"; of assets alone, as is `gzipped`.
  absl::string_view served_as;
  absl::string_view body;
  absl::string_view gzipped;
};

std::vector<EmbeddedFile> EmbeddedFiles();

}  // namespace ccfa::gateway
