#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/http/message.h"
#include "common/identity/caller.h"

namespace ccfa::gateway::console {

/// Whoever looks at the console. Their token is their cookie, and the services judge it at every
/// question; what it says of them is believed here only to choose what to show.
struct Visitor {
  /// Empty: signed out.
  std::string token;
  identity::Caller who;

  bool signed_in() const { return !token.empty(); }
  /// Whether one of their roles may ask an RPC, by the table of permissions. About a ward or agency
  /// of their own: the service says.
  bool May(absl::string_view service, absl::string_view rpc) const;
  bool Has(absl::string_view role) const;
};

/// A cookie that came along; empty where none did.
std::string CookieOf(const http::Request& request, absl::string_view name);

/// The cookie of a session. With TLS it cannot be set by another host, nor sent in clear.
std::string SessionCookieName(bool tls);

/// Signed out where there is no cookie, it is no token, or its time is over.
Visitor VisitorOf(const http::Request& request, bool tls, absl::Time now,
                  const identity::ClaimNames& names = {});

/// "Set-Cookie": no script reads it, and no other site's form sends it.
std::string SetCookie(absl::string_view name, const std::string& value, bool tls,
                      absl::Duration for_how_long);
/// The same of a session. An empty token ends it.
std::string SetSession(const std::string& token, bool tls, absl::Duration for_how_long);

/// What a form carries to show that this site made it for whoever has `secret`, a cookie (CSRF).
std::string ProofOf(absl::string_view secret);
bool IsProofOf(absl::string_view proof, absl::string_view secret);

}  // namespace ccfa::gateway::console
