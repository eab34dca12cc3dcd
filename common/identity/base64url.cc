#include "common/identity/base64url.h"

#include "absl/strings/escaping.h"

namespace ccfa::identity {

std::optional<std::string> FromBase64Url(absl::string_view text) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(text, &bytes)) return std::nullopt;
  // Blanks, padding and stray bits would be a second way to write the same token.
  if (ToBase64Url(bytes) != text) return std::nullopt;
  return bytes;
}

std::string ToBase64Url(absl::string_view bytes) {
  return absl::WebSafeBase64Escape(bytes);
}

}  // namespace ccfa::identity
