#include "services/gateway/open311_key.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "common/core/hash.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/identity/base64url.h"
#include "common/rpc/request.h"

namespace ccfa::gateway::open311 {
namespace {

constexpr char kNobody[] = "partner:open311";
constexpr size_t kMostKept = 1000;
constexpr size_t kLongestKey = 8 << 10;
constexpr absl::Duration kBeforeItExpires = absl::Minutes(1);

absl::Status Wrong() {
  return Forbidden("API_KEY_WRONG", "api_key: is wrong, or counts no more");
}

bool IsToken(absl::string_view key) {
  return std::count(key.begin(), key.end(), '.') == 2 &&
         std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > ' ' && c <= '~'; });
}

Metadata Bearer(absl::string_view token) {
  return {{"authorization", absl::StrCat("Bearer ", token)}};
}

/// Where nobody signs in, whoever asks is believed, and a key is not needed.
Metadata Nobody() {
  return {{rpc::kActorKey, kNobody}};
}

}  // namespace

std::string KeyOf(const http::Request& request, const Form& form) {
  if (std::string key = form.Get("api_key"); !key.empty()) return key;
  const std::string header = request.headers.Get("Authorization");
  const size_t blank = header.find(' ');
  if (blank == std::string::npos) return "";
  std::string value = header.substr(blank + 1);
  if (absl::EqualsIgnoreCase(header.substr(0, blank), "Bearer")) return value;
  std::string account;
  if (!absl::EqualsIgnoreCase(header.substr(0, blank), "Basic") ||
      !absl::Base64Unescape(value, &account)) {
    return "";
  }
  return identity::ToBase64Url(account);
}

std::optional<Account> ParseKey(absl::string_view key) {
  while (absl::ConsumeSuffix(&key, "=")) {
  }
  const std::optional<std::string> text = identity::FromBase64Url(key);
  if (!text) return std::nullopt;
  const size_t colon = text->find(':');
  if (colon == std::string::npos || !IsId(text->substr(0, colon))) return std::nullopt;
  return Account{text->substr(0, colon), text->substr(colon + 1)};
}

absl::StatusOr<Metadata> Keys::MetadataOf(const std::string& key) {
  // Where tokens count, the services say that there is none.
  if (key.empty()) return upstream_.believes_actors() ? Nobody() : Metadata();
  if (key.size() > kLongestKey) return Wrong();
  if (IsToken(key)) return Bearer(key);
  const std::optional<Account> account = ParseKey(key);
  if (!account) return Wrong();
  const std::string digest = Digest(key);
  if (std::string token = Find(digest); !token.empty()) return Bearer(token);
  absl::StatusOr<std::string> token = SignIn(*account, digest);
  if (token.ok()) return Bearer(*token);
  // Where there are no accounts, tokens alone count, or nothing does.
  if (absl::IsUnimplemented(token.status()))
    return upstream_.believes_actors() ? absl::StatusOr<Metadata>(Nobody()) : Wrong();
  if (absl::IsUnauthenticated(token.status()) || absl::IsInvalidArgument(token.status()))
    return Wrong();
  return token.status();
}

absl::StatusOr<std::string> Keys::SignIn(const Account& account, const std::string& digest) {
  identity::v1::SignInRequest request;
  request.set_name(absl::StrCat("accounts/", account.name));
  request.set_password(account.password);
  const auto* method = request.GetDescriptor()->file()->service(0)->FindMethodByName("SignIn");
  auto answer = upstream_.Ask(*method, request, {});
  if (!answer.ok()) return answer.status();
  const auto& signed_in = static_cast<const identity::v1::SignInResponse&>(**answer);
  const Kept kept{signed_in.token(), FromProto(signed_in.expire_time()) - kBeforeItExpires};
  std::lock_guard lock(mutex_);
  if (kept_.size() >= kMostKept) {
    const absl::Time now = time_.Now();
    absl::erase_if(kept_, [&](const auto& known) { return known.second.until <= now; });
    if (kept_.size() >= kMostKept) kept_.clear();
  }
  kept_[digest] = kept;
  return kept.token;
}

std::string Keys::Find(const std::string& digest) {
  std::lock_guard lock(mutex_);
  auto known = kept_.find(digest);
  return known == kept_.end() || known->second.until <= time_.Now() ? "" : known->second.token;
}

void Keys::Forget(const std::string& key) {
  std::lock_guard lock(mutex_);
  kept_.erase(Digest(key));
}

}  // namespace ccfa::gateway::open311
