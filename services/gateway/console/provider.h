#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/identity/caller.h"

namespace ccfa::gateway::console {

/// Sign-in by a council's OpenID Connect provider: the authorization code flow with PKCE (RFC
/// 7636). The ID token it ends with is the session, and the services judge it like any other.
/// Thread-safe.
class Provider {
 public:
  struct Settings {
    /// https://ISSUER, as the services know it.
    std::string issuer;
    /// What this is called there: the audience of its tokens.
    std::string client;
    std::string secret;
    /// Where browsers reach this: "https://calls.example".
    std::string public_url;
    /// What the claims are called there.
    identity::ClaimNames names;
  };
  /// What is at a URL; with a form, what it answers to that.
  using Exchange =
      std::function<absl::StatusOr<std::string>(const std::string& url, const std::string& form)>;

  Provider(Settings settings, Exchange exchange)
      : settings_(std::move(settings)), exchange_(std::move(exchange)) {}

  const Settings& settings() const { return settings_; }

  struct Begun {
    /// The provider's page.
    std::string url;
    /// What the browser keeps meanwhile.
    std::string cookie;
  };
  /// `to`: where the person was going. UNAVAILABLE where the provider does not answer.
  absl::StatusOr<Begun> Begin(const std::string& to);

  struct Ended {
    std::string token;
    std::string to;
    absl::Time until;
  };
  /// What the provider sent the browser back with, and the cookie it had. PERMISSION_DENIED
  /// NOT_OUR_SIGN_IN where the two are not of one sign-in, or the token is not of it.
  absl::StatusOr<Ended> End(const std::string& code, const std::string& state,
                            const std::string& cookie);

  /// The provider's own page to sign out at, which leads back here (OpenID Connect RP-Initiated
  /// Logout); empty where it has none, or does not answer.
  std::string SignOutUrl();

 private:
  struct Endpoints {
    std::string authorization, token;
    /// Empty where there is none.
    std::string end_session;
  };
  absl::StatusOr<Endpoints> Discover();
  std::string BackHere() const { return settings_.public_url + "/sign-in/back"; }

  const Settings settings_;
  const Exchange exchange_;
  std::mutex mutex_;  // guards what follows
  std::optional<Endpoints> endpoints_;
};

}  // namespace ccfa::gateway::console
