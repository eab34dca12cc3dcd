#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::identity {

inline constexpr size_t kLargestToken = 8 << 10;

/// A JSON Web Token in its three parts, nothing of which is believed yet.
struct Token {
  std::string key_id;
  std::string algorithm;
  /// The bytes that are signed.
  std::string text;
  std::string signature;
  nlohmann::json claims;
};

/// UNAUTHENTICATED TOKEN_OVERSIZED, unread; TOKEN_MALFORMED; TOKEN_CRITICAL when it demands
/// extensions. A refusal never repeats anything of the token.
absl::StatusOr<Token> ParseToken(absl::string_view text);

/// UNAUTHENTICATED with a stable reason.
absl::Status RefuseToken(absl::string_view reason, absl::string_view message);

}  // namespace ccfa::identity
