#include "services/gateway/console/provider.h"

#include <openssl/sha.h>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/identity/base64url.h"
#include "common/identity/token.h"
#include "services/gateway/console/posted.h"

namespace ccfa::gateway::console {
namespace {

using nlohmann::json;

constexpr int kSecretBytes = 32;

std::string Text(const json& object, const char* name) {
  auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// What the browser keeps, or nothing where it is not one of ours.
json Kept(const std::string& cookie) {
  const std::optional<std::string> text = identity::FromBase64Url(cookie);
  json kept = json::parse(text.value_or(""), nullptr, /*allow_exceptions=*/false);
  return kept.is_object() ? kept : json::object();
}

std::string ChallengeOf(const std::string& verifier) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size(), digest);
  return identity::ToBase64Url({reinterpret_cast<const char*>(digest), sizeof(digest)});
}

/// What a query is added to an endpoint by: it may have one.
const char* QueryOf(const std::string& endpoint) {
  return absl::StrContains(endpoint, '?') ? "&" : "?";
}

bool IsSame(const std::string& a, const std::string& b) {
  return !a.empty() && a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

absl::Status NotOurs() {
  return Forbidden("NOT_OUR_SIGN_IN",
                   "This sign-in was not begun here, or too long ago. Begin again.");
}

}  // namespace

absl::StatusOr<Provider::Endpoints> Provider::Discover() {
  {
    std::lock_guard lock(mutex_);
    if (endpoints_) return *endpoints_;
  }
  auto text = exchange_(settings_.issuer + "/.well-known/openid-configuration", "");
  if (!text.ok()) {
    return NotNow("PROVIDER_AWAY", "The council's sign-in does not answer. Try again in a moment.");
  }
  const json document = json::parse(*text, nullptr, /*allow_exceptions=*/false);
  Endpoints endpoints{Text(document, "authorization_endpoint"), Text(document, "token_endpoint"),
                      Text(document, "end_session_endpoint")};
  // Without it people sign in all the same.
  if (!absl::StartsWith(endpoints.end_session, "https://")) endpoints.end_session.clear();
  const bool is_its_own = document.is_object() && Text(document, "issuer") == settings_.issuer &&
                          absl::StartsWith(endpoints.authorization, "https://") &&
                          absl::StartsWith(endpoints.token, "https://");
  if (!is_its_own)
    return NotNow("PROVIDER_AWAY", "The council's sign-in does not say where people sign in.");
  std::lock_guard lock(mutex_);
  endpoints_ = endpoints;
  return endpoints;
}

absl::StatusOr<Provider::Begun> Provider::Begin(const std::string& to) {
  absl::StatusOr<Endpoints> endpoints = Discover();
  if (!endpoints.ok()) return endpoints.status();
  const json kept = {{"state", RandomHex(kSecretBytes)},
                     {"verifier", RandomHex(kSecretBytes)},
                     {"nonce", RandomHex(kSecretBytes)},
                     {"to", to}};
  std::string url = absl::StrCat(
      endpoints->authorization, QueryOf(endpoints->authorization),
      "response_type=code&scope=openid&client_id=", Escaped(settings_.client),
      "&redirect_uri=", Escaped(BackHere()), "&state=", Text(kept, "state"),
      "&nonce=", Text(kept, "nonce"),
      "&code_challenge_method=S256&code_challenge=", ChallengeOf(Text(kept, "verifier")));
  return Begun{std::move(url), identity::ToBase64Url(kept.dump())};
}

absl::StatusOr<Provider::Ended> Provider::End(const std::string& code, const std::string& state,
                                              const std::string& cookie) {
  const json kept = Kept(cookie);
  if (code.empty() || !IsSame(Text(kept, "state"), state)) return NotOurs();
  absl::StatusOr<Endpoints> endpoints = Discover();
  if (!endpoints.ok()) return endpoints.status();
  auto answer =
      exchange_(endpoints->token, absl::StrCat("grant_type=authorization_code&code=", Escaped(code),
                                               "&redirect_uri=", Escaped(BackHere()),
                                               "&client_id=", Escaped(settings_.client),
                                               "&code_verifier=", Text(kept, "verifier")));
  if (!answer.ok()) return NotOurs();
  const json tokens = json::parse(*answer, nullptr, /*allow_exceptions=*/false);
  if (!tokens.is_object()) return NotOurs();
  Ended ended{Text(tokens, "id_token"), Text(kept, "to"), absl::InfinitePast()};
  absl::StatusOr<identity::Token> token = identity::ParseToken(ended.token);
  if (!token.ok() || !IsSame(Text(token->claims, "nonce"), Text(kept, "nonce"))) return NotOurs();
  auto until = token->claims.find("exp");
  if (until == token->claims.end() || !until->is_number()) return NotOurs();
  ended.until = absl::FromUnixSeconds(until->get<int64_t>());
  return ended;
}

std::string Provider::SignOutUrl() {
  absl::StatusOr<Endpoints> endpoints = Discover();
  if (!endpoints.ok() || endpoints->end_session.empty()) return "";
  return absl::StrCat(endpoints->end_session, QueryOf(endpoints->end_session),
                      "client_id=", Escaped(settings_.client),
                      "&post_logout_redirect_uri=", Escaped(settings_.public_url + "/"));
}

}  // namespace ccfa::gateway::console
