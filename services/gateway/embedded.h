#pragma once

#include "absl/strings/string_view.h"

namespace ccfa::gateway {

/// Files that are part of the program.
absl::string_view HttpRules();
/// A FileDescriptorSet of every proto, with its comments.
absl::string_view Contract();

}  // namespace ccfa::gateway
