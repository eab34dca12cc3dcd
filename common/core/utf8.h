#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace ccfa {

/// Whether these bytes are text as Unicode has it: no overlong forms, no surrogates, nothing cut.
bool IsUtf8(absl::string_view bytes);

/// The bytes as text: each byte that is none becomes U+FFFD.
std::string ToUtf8(absl::string_view bytes);

}  // namespace ccfa
