#include "common/host/identity.h"

#include <unistd.h>

#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"
#include "common/identity/file_keys.h"
#include "common/identity/provider_keys.h"
#include "common/rpc/credentials.h"
#include "common/rpc/server.h"
#include "common/telemetry/log.h"

namespace ccfa::host {

namespace {

constexpr char kAccounts[] = "accounts";
constexpr char kAccountsAt[] = "accounts=";
constexpr char kOidc[] = "oidc=";

/// The folder of local accounts; the secret in it is for whoever may read it, its place for all.
std::string FolderOf(const std::string& data) {
  return data + "/identity";
}

/// The folder of what another process's accounts are verified by.
std::string IssuerFolderOf(const std::string& data) {
  return data + "/issuer";
}

/// The file of the tokens that count no more; none when empty.
std::string DeniedOf(const IdentityFlags& flags, const std::string& data) {
  if (flags.mode == kAccounts) return identity::Accounts::DeniedIn(FolderOf(data));
  return absl::StartsWith(flags.mode, kAccountsAt) ? Issuer::DeniedIn(IssuerFolderOf(data))
                                                   : flags.denied;
}

absl::StatusOr<identity::Expected> ExpectedOf(const IdentityFlags& flags) {
  identity::Expected expected{.issuer = flags.issuer,
                              .audience = flags.audience,
                              .skew = absl::Seconds(flags.skew_s),
                              .names = {}};
  // A provider's tokens name it as it is called.
  absl::string_view mode = flags.mode;
  if (absl::ConsumePrefix(&mode, kOidc)) expected.issuer = std::string(mode);
  if (flags.claims.empty()) return expected;
  std::ifstream file(flags.claims, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return InvalidField("--identity-claims", absl::StrCat("cannot read ", flags.claims));
  absl::StatusOr<identity::ClaimNames> names = identity::ParseClaimNames(text.str());
  if (!names.ok()) return names.status();
  expected.names = *std::move(names);
  return expected;
}

/// Whoever could speak for the issuer could make tokens.
absl::Status CheckIssuer(const std::string& address, const rpc::TlsFiles& tls) {
  if (!absl::StrContains(address, ':'))
    return InvalidField("--identity", "expected accounts=HOST:PORT, where the accounts are");
  if (tls.on() && tls.ca.empty())
    return InvalidField("--tls-ca", "is required with --identity accounts=HOST:PORT");
  if (rpc::CheckReach(address, tls).ok()) return absl::OkStatus();
  return InvalidField("--identity", absl::StrCat("accounts=", address,
                                                 " is beyond this machine, and needs TLS: "
                                                 "--tls-cert, --tls-key and --tls-ca"));
}

/// Where the keys of a mode that wants tokens come from.
absl::StatusOr<std::unique_ptr<identity::KeySource>> KeysOf(const IdentityFlags& flags,
                                                            const std::string& data) {
  absl::string_view mode = flags.mode;
  if (absl::ConsumePrefix(&mode, kOidc)) {
    if (!absl::StartsWith(mode, "https://"))
      return InvalidField("--identity", "a provider's name is an https address");
    return std::make_unique<identity::ProviderKeys>(
        std::string(mode),
        [ca = flags.ca](const std::string& url) { return identity::FetchHttps(url, ca); },
        identity::ProviderKeys::Pace());
  }
  if (absl::StartsWith(mode, kAccountsAt))
    return identity::FileKeys::Await(Issuer::KeysIn(IssuerFolderOf(data)));
  std::string file = identity::Accounts::KeysIn(FolderOf(data));
  if (absl::ConsumePrefix(&mode, "jwks=")) {
    file = std::string(mode);
  } else if (mode != kAccounts) {
    return InvalidField("--identity",
                        absl::StrCat("expected accounts, accounts=HOST:PORT, jwks=FILE, "
                                     "oidc=ISSUER or trusted, got \"",
                                     flags.mode, "\""));
  }
  auto keys = identity::FileKeys::Open(file);
  if (!keys.ok()) return InvalidField("--identity", keys.status().message());
  return *std::move(keys);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Identity>> Identity::Open(const IdentityFlags& flags,
                                                         const rpc::TlsFiles& tls,
                                                         const std::string& data,
                                                         const TimeSource& time) {
  const bool has_accounts = flags.mode == kAccounts;
  absl::string_view issuer = flags.mode;
  const bool follows_issuer = absl::ConsumePrefix(&issuer, kAccountsAt);
  if ((has_accounts || follows_issuer) && !flags.denied.empty())
    return InvalidField("--identity-denied", "accounts keep a list of their own");
  std::unique_ptr<Identity> identity(new Identity(DeniedOf(flags, data)));
  if (flags.mode == "trusted") {
    telemetry::Log(telemetry::Level::kWarning, "callers_trusted",
                   {{"effect", "whoever can connect may act as anybody; see --identity"}});
    return identity;
  }
  if (has_accounts) {
    auto accounts = identity::Accounts::Open(FolderOf(data), flags.issuer, flags.audience, time);
    if (!accounts.ok()) return accounts.status();
    identity->accounts_ = *std::move(accounts);
    identity->service_ = std::make_unique<IdentityService>(*identity->accounts_);
    if (identity->accounts_->List().accounts().empty()) {
      const std::string secret = identity::Accounts::SecretIn(FolderOf(data));
      telemetry::Log(
          telemetry::Level::kWarning, "no_accounts",
          {{"effect", "nobody can sign in yet"},
           {"next", absl::StrCat("ccfactl accounts bootstrap NAME --secret-file ", secret)},
           {"or", "--identity trusted, to believe whoever connects"}});
    }
  }
  if (follows_issuer) {
    if (absl::Status reached = CheckIssuer(std::string(issuer), tls); !reached.ok()) return reached;
    auto followed =
        Issuer::Follow(std::string(issuer), rpc::ChannelCredentials(tls), IssuerFolderOf(data));
    if (!followed.ok()) return followed.status();
    identity->issuer_ = *std::move(followed);
  }
  if (!flags.denied.empty() && access(flags.denied.c_str(), R_OK) != 0)
    return InvalidField("--identity-denied", absl::StrCat("cannot read ", flags.denied));
  absl::StatusOr<std::unique_ptr<identity::KeySource>> keys = KeysOf(flags, data);
  if (!keys.ok()) return keys.status();
  identity->keys_ = *std::move(keys);
  absl::StatusOr<identity::Expected> expected = ExpectedOf(flags);
  if (!expected.ok()) return expected.status();
  identity->verifier_ = std::make_unique<identity::Verifier>(*std::move(expected), *identity->keys_,
                                                             identity->denied_, time);
  identity->gate_ = rpc::Gate::ByTokens(*identity->verifier_);
  return identity;
}

void Identity::RecordActsIn(const engine::Acts& acts) {
  if (!accounts_) return;
  accounts_->NoteActsBy([&acts](const Actor& who, const record::v1::ActRecorded& act) {
    return acts.Record(who, act);
  });
}

}  // namespace ccfa::host
