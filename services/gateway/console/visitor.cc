#include "services/gateway/console/visitor.h"

#include <sodium.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/core/hash.h"
#include "common/identity/permissions.h"
#include "common/identity/token.h"

namespace ccfa::gateway::console {

bool Visitor::May(absl::string_view service, absl::string_view rpc) const {
  const identity::Permission* permission =
      identity::FindPermission(absl::StrCat(service, "/", rpc));
  if (permission == nullptr) return false;
  return std::any_of(who.roles.begin(), who.roles.end(), [&](const std::string& role) {
    const identity::Grant grant = identity::GrantOf(*permission, role);
    return grant.granted && (!grant.every_council || who.IsOf(identity::kEveryCouncil));
  });
}

bool Visitor::Has(absl::string_view role) const {
  return std::find(who.roles.begin(), who.roles.end(), role) != who.roles.end();
}

std::string CookieOf(const http::Request& request, absl::string_view name) {
  for (const auto& [header, value] : request.headers.all()) {
    if (!absl::EqualsIgnoreCase(header, "Cookie")) continue;
    for (absl::string_view pair : absl::StrSplit(value, ';')) {
      const std::pair<absl::string_view, absl::string_view> parts =
          absl::StrSplit(pair, absl::MaxSplits('=', 1));
      if (absl::StripAsciiWhitespace(parts.first) == name)
        return std::string(absl::StripAsciiWhitespace(parts.second));
    }
  }
  return "";
}

std::string SessionCookieName(bool tls) {
  return tls ? "__Host-ccfa_session" : "ccfa_session";
}

Visitor VisitorOf(const http::Request& request, bool tls, absl::Time now,
                  const identity::ClaimNames& names) {
  Visitor visitor;
  std::string cookie = CookieOf(request, SessionCookieName(tls));
  if (cookie.empty()) return visitor;
  absl::StatusOr<identity::Token> token = identity::ParseToken(cookie);
  if (!token.ok()) return visitor;
  absl::StatusOr<identity::Caller> caller = identity::ToCaller(token->claims, names);
  auto until = token->claims.find("exp");
  if (!caller.ok() || until == token->claims.end() || !until->is_number()) return visitor;
  if (absl::FromUnixSeconds(until->get<int64_t>()) <= now) return visitor;
  visitor.token = std::move(cookie);
  visitor.who = *std::move(caller);
  return visitor;
}

std::string SetCookie(absl::string_view name, const std::string& value, bool tls,
                      absl::Duration for_how_long) {
  return absl::StrCat(name, "=", value, "; Path=/; HttpOnly; SameSite=Lax", tls ? "; Secure" : "",
                      "; Max-Age=", value.empty() ? 0 : absl::ToInt64Seconds(for_how_long));
}

std::string SetSession(const std::string& token, bool tls, absl::Duration for_how_long) {
  return SetCookie(SessionCookieName(tls), token, tls, for_how_long);
}

std::string ProofOf(absl::string_view secret) {
  return absl::BytesToHexString(Digest(absl::StrCat("ccfa form ", secret)));
}

bool IsProofOf(absl::string_view proof, absl::string_view secret) {
  const std::string right = ProofOf(secret);
  return !secret.empty() && proof.size() == right.size() &&
         sodium_memcmp(proof.data(), right.data(), right.size()) == 0;
}

}  // namespace ccfa::gateway::console
