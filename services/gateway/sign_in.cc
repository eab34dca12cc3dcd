#include "services/gateway/sign_in.h"

#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "common/core/refusal.h"

namespace ccfa::gateway {
namespace {

/// A code that comes back in clear could be read on the way, but not on the machine itself.
bool MayComeBackTo(const std::string& url) {
  return absl::StartsWith(url, "https://") || absl::StartsWith(url, "http://127.0.0.1:") ||
         absl::StartsWith(url, "http://localhost:");
}

}  // namespace

absl::StatusOr<console::Provider::Settings> SettingsOf(const SignIn& sign_in) {
  console::Provider::Settings settings{sign_in.issuer, sign_in.client, "", sign_in.public_url, {}};
  if (sign_in.issuer.empty()) return settings;
  if (!absl::StartsWith(sign_in.issuer, "https://"))
    return InvalidField("--sign-in", "a provider's name is an https address");
  if (!MayComeBackTo(sign_in.public_url)) {
    return InvalidField("--public-url",
                        "expected where browsers reach this, as https://calls.example");
  }
  std::ifstream file(sign_in.secret_file);
  if (!std::getline(file, settings.secret) || settings.secret.empty())
    return InvalidField("--sign-in-secret-file", "cannot be read, or is empty");
  std::string claims;
  if (!sign_in.claims.empty()) {
    std::ifstream names_file(sign_in.claims, std::ios::binary);
    claims.assign(std::istreambuf_iterator<char>(names_file), {});
    if (!names_file) return InvalidField("--identity-claims", "cannot be read");
  }
  absl::StatusOr<identity::ClaimNames> names = identity::ParseClaimNames(claims);
  if (!names.ok()) return InvalidField("--identity-claims", names.status().message());
  settings.names = *std::move(names);
  return settings;
}

}  // namespace ccfa::gateway
