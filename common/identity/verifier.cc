#include "common/identity/verifier.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/core/refusal.h"
#include "common/identity/json_object.h"

namespace ccfa::identity {
namespace {

constexpr char kKeyUnknown[] = "TOKEN_KEY_UNKNOWN";
constexpr size_t kMostKnown = 10'000;
/// Beyond this, to where no clock of ours goes, seconds are nonsense.
constexpr int64_t kLastSecond = 253'402'300'799;  // the end of the year 9999

absl::StatusOr<absl::Time> InstantOf(const nlohmann::json& claims, const char* name) {
  auto seconds = IntegerOf(claims, name);
  if (!seconds || *seconds < 0 || *seconds > kLastSecond) {
    return RefuseToken("TOKEN_MALFORMED", absl::StrCat("the token's claim \"", name,
                                                       "\": expected whole seconds since 1970"));
  }
  return absl::FromUnixSeconds(*seconds);
}

/// An audience is a text or a list of texts.
bool IsFor(const nlohmann::json& claims, const std::string& audience) {
  auto named = claims.find("aud");
  if (named == claims.end()) return false;
  if (named->is_string()) return named->get<std::string>() == audience;
  return named->is_array() &&
         std::all_of(named->begin(), named->end(),
                     [](const auto& one) { return one.is_string(); }) &&
         std::find(named->begin(), named->end(), audience) != named->end();
}

std::string Seconds(absl::Duration duration) {
  return absl::StrCat(absl::ToInt64Seconds(duration), " s");
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Caller>> Verifier::Verify(absl::string_view token) {
  if (token.size() > kLargestToken) return ParseToken(token).status();
  const std::string hash = Digest(token);
  const std::shared_ptr<const KeySet> keys = keys_.Keys();
  Verified verified;
  {
    std::lock_guard lock(mutex_);
    if (known_of_ != keys) {
      known_.clear();
      known_of_ = keys;
    }
    if (auto known = known_.find(hash); known != known_.end()) verified = known->second;
  }
  const bool is_new = !verified.caller;
  if (is_new) {
    absl::StatusOr<Verified> anew = VerifyAnew(token, *keys);
    if (ReasonOf(anew.status()) == kKeyUnknown) {
      keys_.Miss();
      anew = VerifyAnew(token, *keys_.Keys());
    }
    if (!anew.ok()) return anew.status();
    verified = *std::move(anew);
  }
  if (absl::Status time = CheckTime(verified); !time.ok()) return time;
  if (!verified.token_id.empty() && denied_.Has(verified.token_id)) {
    return RefuseToken("TOKEN_REVOKED", "the token counts no more; sign in again");
  }
  if (is_new) {
    std::lock_guard lock(mutex_);
    if (known_.size() >= kMostKnown) known_.clear();
    if (known_of_ == keys) known_.emplace(hash, verified);
  }
  return verified.caller;
}

absl::StatusOr<Verifier::Verified> Verifier::VerifyAnew(absl::string_view text,
                                                        const KeySet& keys) const {
  absl::StatusOr<Token> token = ParseToken(text);
  if (!token.ok()) return token.status();
  auto key = keys.find(token->key_id);
  if (key == keys.end()) {
    return RefuseToken(
        kKeyUnknown,
        "the token is signed with a key that does not count, or not yet, or no more; "
        "sign in again");
  }
  if (token->algorithm != key->second.algorithm()) {
    return RefuseToken(
        "TOKEN_ALGORITHM",
        absl::StrCat("the token's alg is not its key's: expected ", key->second.algorithm()));
  }
  if (!key->second.Verifies(token->text, token->signature))
    return RefuseToken("TOKEN_FORGED", "the token's signature is not its key's");
  Verified verified;
  if (absl::Status claims = CheckClaims(token->claims, verified); !claims.ok()) return claims;
  absl::StatusOr<Caller> caller = ToCaller(token->claims, expected_.names);
  if (!caller.ok()) return caller.status();
  verified.caller = std::make_shared<const Caller>(*std::move(caller));
  return verified;
}

absl::Status Verifier::CheckClaims(const nlohmann::json& claims, Verified& verified) const {
  if (StringOf(claims, "iss") != expected_.issuer) {
    return RefuseToken("TOKEN_ISSUER",
                       absl::StrCat("expected a token of the issuer \"", expected_.issuer, "\""));
  }
  if (!IsFor(claims, expected_.audience)) {
    return RefuseToken("TOKEN_AUDIENCE", absl::StrCat("expected a token for the audience \"",
                                                      expected_.audience, "\""));
  }
  absl::StatusOr<absl::Time> until = InstantOf(claims, "exp");
  if (!until.ok()) return until.status();
  verified.until = *until;
  verified.from = absl::InfinitePast();
  for (const char* name : {"nbf", "iat"}) {
    if (!claims.contains(name)) continue;
    absl::StatusOr<absl::Time> from = InstantOf(claims, name);
    if (!from.ok()) return from.status();
    verified.from = std::max(verified.from, *from);
  }
  if (!claims.contains("jti")) return absl::OkStatus();
  auto token_id = StringOf(claims, "jti");
  if (!token_id) {
    return RefuseToken("TOKEN_MALFORMED", "the token's claim \"jti\": expected a text");
  }
  verified.token_id = *std::move(token_id);
  return absl::OkStatus();
}

absl::Status Verifier::CheckTime(const Verified& verified) const {
  const absl::Time now = time_.Now();
  if (now >= verified.until + expected_.skew) {
    return RefuseToken("TOKEN_EXPIRED",
                       absl::StrCat("the token expired ", Seconds(now - verified.until),
                                    " ago by this server's clock; sign in again"));
  }
  if (now < verified.from - expected_.skew) {
    return RefuseToken(
        "TOKEN_TOO_EARLY",
        absl::StrCat("the token is for ", Seconds(verified.from - now), " from now, and at most ",
                     Seconds(expected_.skew), " are allowed: one of the two clocks is off"));
  }
  return absl::OkStatus();
}

}  // namespace ccfa::identity
