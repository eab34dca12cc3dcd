#include "common/identity/token.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/core/refusal.h"
#include "common/identity/base64url.h"
#include "common/identity/json_object.h"

namespace ccfa::identity {
namespace {

absl::Status Malformed(absl::string_view what) {
  return RefuseToken("TOKEN_MALFORMED", absl::StrCat(what, "; sign in again"));
}

}  // namespace

absl::Status RefuseToken(absl::string_view reason, absl::string_view message) {
  return Refuse(absl::StatusCode::kUnauthenticated, reason, message, "authorization");
}

absl::StatusOr<Token> ParseToken(absl::string_view text) {
  if (text.size() > kLargestToken) {
    return RefuseToken("TOKEN_OVERSIZED", absl::StrCat("a token has at most ", kLargestToken,
                                                       " bytes, this one ", text.size()));
  }
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  if (parts.size() != 3) return Malformed("expected a token of three parts");
  auto header_text = FromBase64Url(parts[0]), claims_text = FromBase64Url(parts[1]),
       signature = FromBase64Url(parts[2]);
  if (!header_text || !claims_text || !signature)
    return Malformed("the token's parts are not base64url");
  auto header = ParseObject(*header_text), claims = ParseObject(*claims_text);
  if (!header || !claims) {
    return Malformed("the token's parts are not JSON objects that name each member once");
  }
  if (header->contains("crit")) {
    return RefuseToken("TOKEN_CRITICAL", "the token demands extensions, and none is known here");
  }
  auto algorithm = StringOf(*header, "alg"), key_id = StringOf(*header, "kid");
  if (!algorithm || !key_id) return Malformed("the token's header lacks the texts alg and kid");
  return Token{*std::move(key_id), *std::move(algorithm), absl::StrCat(parts[0], ".", parts[1]),
               *std::move(signature), *std::move(claims)};
}

}  // namespace ccfa::identity
