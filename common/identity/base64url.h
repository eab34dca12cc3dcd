#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace ccfa::identity {

/// The bytes of base64url without padding (RFC 7515), written in its one right way; none otherwise.
std::optional<std::string> FromBase64Url(absl::string_view text);

std::string ToBase64Url(absl::string_view bytes);

}  // namespace ccfa::identity
