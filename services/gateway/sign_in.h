#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/gateway/console/provider.h"

namespace ccfa::gateway {

/// What an operator says of where people sign in at the console.
struct SignIn {
  /// https://ISSUER of an OpenID Connect provider; empty: here, with a local account.
  std::string issuer = {};
  /// What this is called there.
  std::string client = {};
  /// File of its secret there.
  std::string secret_file = {};
  /// Where browsers reach this.
  std::string public_url = {};
  /// File of NAME=CLAIM a line, where the provider calls things otherwise.
  std::string claims = {};
};

/// INVALID_ARGUMENT naming the flag.
absl::StatusOr<console::Provider::Settings> SettingsOf(const SignIn& sign_in);

}  // namespace ccfa::gateway
