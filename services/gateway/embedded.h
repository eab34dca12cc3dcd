#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace ccfa::gateway {

// Files that are part of the program; whatever is returned lives as long as it.

absl::string_view HttpRules();
/// A FileDescriptorSet of every proto, with its comments.
absl::string_view Contract();

/// What a browser loads beside a page: styles, scripts, an icon.
struct Asset {
  /// "/assets/console-1a2b3c4d.css": named after what it holds, so whoever has it never asks again.
  std::string path;
  absl::string_view type;
  absl::string_view body;
  absl::string_view gzipped;
  /// As the header has it, in its quotes.
  std::string etag;
};

/// Null where there is none at this path.
const Asset* FindAsset(absl::string_view path);
/// Where the asset of this name is: AssetUrl("console.css"). There must be one.
std::string AssetUrl(absl::string_view name);

/// The console's pages: each template's file name, "call.html", and its text.
std::vector<std::pair<absl::string_view, absl::string_view>> Templates();

}  // namespace ccfa::gateway
