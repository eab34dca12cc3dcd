#include "common/identity/accounts.h"

#include <openssl/crypto.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/identity/account_file.h"
#include "common/identity/account_rights.h"
#include "common/identity/caller.h"
#include "common/identity/json_object.h"
#include "common/identity/password.h"
#include "common/identity/signing.h"
#include "common/identity/token.h"
#include "common/identity/totp.h"
#include "common/telemetry/log.h"

namespace ccfa::identity {
namespace {

constexpr size_t kSecretBytes = 32, kTotpSecretBytes = 20, kTokenIdBytes = 16;
/// Longer than any skew that a verifier may allow.
constexpr absl::Duration kGrace = absl::Minutes(5);

/// One answer for everything that can be wrong: it tells a stranger nothing of who has an account.
absl::Status SignInRefused() {
  return Refuse(absl::StatusCode::kUnauthenticated, "SIGN_IN_REFUSED",
                absl::StrCat("the name, the password or the code is wrong, the code was used "
                             "before, or the account is disabled or locked: ",
                             Accounts::kMostWrongTries, " wrong tries lock it for ",
                             absl::FormatDuration(Accounts::kLocked)));
}

void RevokeTokens(v1::StoredAccount& account) {
  for (v1::IssuedToken& token : *account.mutable_tokens()) token.set_revoked(true);
}

template <class Elements>
nlohmann::json ListOf(const Elements& elements) {
  nlohmann::json list = nlohmann::json::array();
  for (const std::string& element : elements) list.push_back(element);
  return list;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Accounts>> Accounts::Open(const std::string& folder,
                                                         const std::string& issuer,
                                                         const std::string& audience,
                                                         const TimeSource& time) {
  std::unique_ptr<Accounts> accounts(new Accounts(folder, issuer, audience, time));
  std::lock_guard lock(accounts->mutex_);
  if (absl::Status opened = accounts->OpenLocked(); !opened.ok()) return opened;
  return accounts;
}

absl::Status Accounts::OpenLocked() {
  if (sodium_init() < 0) return absl::InternalError("libsodium cannot be used");
  absl::StatusOr<v1::Store> store = ReadStore(folder_);
  if (!store.ok()) return store.status();
  store_ = *std::move(store);
  if (store_.keys().empty()) SignWith(NewSigningKey(time_.Now()));
  if (absl::Status saved = Save(); !saved.ok()) return saved;
  if (!store_.accounts().empty()) return absl::OkStatus();
  return ReplaceFile(SecretIn(folder_), RandomHex(kSecretBytes));
}

absl::Status Accounts::Save() {
  const absl::Time now = time_.Now();
  std::string denied;
  for (v1::StoredAccount& account : *store_.mutable_accounts()) {
    auto& tokens = *account.mutable_tokens();
    tokens.erase(std::remove_if(tokens.begin(), tokens.end(),
                                [&](const v1::IssuedToken& token) {
                                  return FromProto(token.expire_time()) + kGrace < now;
                                }),
                 tokens.end());
    for (const v1::IssuedToken& token : tokens)
      if (token.revoked()) absl::StrAppend(&denied, token.id(), "\n");
  }
  auto& keys = *store_.mutable_keys();
  keys.erase(std::remove_if(keys.begin(), keys.end(),
                            [&](const v1::SigningKey& key) {
                              return key.has_replace_time() &&
                                     FromProto(key.replace_time()) + kTokenLife + kGrace < now;
                            }),
             keys.end());
  nlohmann::json open = nlohmann::json::array();
  for (const v1::SigningKey& key : keys) open.push_back(JwkOf(key));
  absl::Status status = WriteStore(folder_, store_);
  if (status.ok()) status = ReplaceFile(DeniedIn(folder_), denied);
  if (status.ok()) status = ReplaceFile(KeysIn(folder_), nlohmann::json{{"keys", open}}.dump());
  return status;
}

void Accounts::NoteActsBy(NoteAct note) {
  note_ = std::move(note);
}

void Accounts::SignWith(v1::SigningKey key) {
  if (!store_.keys().empty())
    *store_.mutable_keys()->rbegin()->mutable_replace_time() = key.create_time();
  *store_.add_keys() = std::move(key);
}

v1::StoredAccount* Accounts::Find(const std::string& name) {
  for (v1::StoredAccount& account : *store_.mutable_accounts())
    if (account.account().name() == name) return &account;
  return nullptr;
}

absl::Status Accounts::CheckIs(v1::StoredAccount* account, const std::string& password,
                               const std::string* code) {
  bool is_right = IsPassword(account == nullptr ? "" : account->password_hash(), password);
  if (account == nullptr) return SignInRefused();
  const absl::Time now = time_.Now();
  if (account->has_locked_until() && now < FromProto(account->locked_until()))
    return SignInRefused();
  if (is_right && code != nullptr && !account->totp_secret().empty()) {
    auto step = FindTotp(account->totp_secret(), *code, now, account->totp_last_step());
    is_right = step.has_value();
    if (step) account->set_totp_last_step(*step);
  }
  if (is_right && !account->account().disabled()) {
    account->set_wrong_tries(0);
    account->clear_locked_until();
    return absl::OkStatus();
  }
  account->set_wrong_tries(account->wrong_tries() + 1);
  if (account->wrong_tries() >= kMostWrongTries) {
    account->set_wrong_tries(0);
    *account->mutable_locked_until() = ToProto(now + kLocked);
    // Noted or not, it is locked.
    absl::Status noted =
        NoteAccount(note_, AtSignIn(), record::v1::ACT_ACCOUNT_LOCKED, account->account(), {});
    if (!noted.ok()) {
      telemetry::Log(telemetry::Level::kError, "lock_not_recorded",
                     {{"why", std::string(noted.message())}});
    }
  }
  absl::Status saved = Save();
  return saved.ok() ? SignInRefused() : saved;
}

std::string Accounts::TokenOf(v1::StoredAccount& account, absl::Time until) {
  v1::IssuedToken& issued = *account.add_tokens();
  issued.set_id(RandomHex(kTokenIdBytes));
  *issued.mutable_expire_time() = ToProto(until);
  const v1::Account& who = account.account();
  nlohmann::json claims = {{"iss", issuer_},
                           {"aud", audience_},
                           {"sub", LastId(who.name())},
                           {"iat", absl::ToUnixSeconds(time_.Now())},
                           {"exp", absl::ToUnixSeconds(until)},
                           {"jti", issued.id()},
                           {"roles", ListOf(who.roles())},
                           {"councils", ListOf(who.councils())},
                           {"wards", ListOf(who.wards())}};
  if (!who.agency().empty()) claims["agency"] = who.agency();
  return SignToken(*store_.keys().rbegin(), claims);
}

absl::StatusOr<v1::SignInResponse> Accounts::SignIn(const v1::SignInRequest& request) {
  std::lock_guard lock(mutex_);
  v1::StoredAccount* account = Find(request.name());
  const std::string& code = request.code();
  if (absl::Status is = CheckIs(account, request.password(), &code); !is.ok()) return is;
  const absl::Time now = time_.Now();
  if (now > FromProto(store_.keys().rbegin()->create_time()) + kKeyLife) {
    v1::SigningKey key = NewSigningKey(now);
    // One that cannot be noted now is made at a later sign-in.
    if (NoteKey(note_, AtSignIn(), key.id()).ok()) SignWith(std::move(key));
  }
  v1::SignInResponse response;
  response.set_token(TokenOf(*account, now + kTokenLife));
  *response.mutable_expire_time() = ToProto(now + kTokenLife);
  if (absl::Status saved = Save(); !saved.ok()) return saved;
  return response;
}

absl::StatusOr<v1::SignOutResponse> Accounts::SignOut(const v1::SignOutRequest& request) {
  absl::StatusOr<Token> parsed = ParseToken(request.token());
  if (!parsed.ok()) return parsed.status();
  // Its id is random: who knows it has the token.
  const std::string id = StringOf(parsed->claims, "jti").value_or("");
  std::lock_guard lock(mutex_);
  bool ended = false;
  for (v1::StoredAccount& account : *store_.mutable_accounts()) {
    for (v1::IssuedToken& token : *account.mutable_tokens()) {
      if (token.id() != id || token.revoked()) continue;
      token.set_revoked(true);
      ended = true;
    }
  }
  // Anybody may ask: nothing is written for nothing.
  absl::Status saved = ended ? Save() : absl::OkStatus();
  if (!saved.ok()) return saved;
  return v1::SignOutResponse();
}

absl::StatusOr<v1::Account> Accounts::Bootstrap(const v1::BootstrapRequest& request) {
  {
    std::lock_guard lock(mutex_);
    if (!store_.accounts().empty()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, "BOOTSTRAP_OVER",
                    "there are accounts: an administrator can create more");
    }
    std::string secret;
    std::ifstream(SecretIn(folder_)) >> secret;
    if (secret.empty() || secret.size() != request.secret().size() ||
        CRYPTO_memcmp(secret.data(), request.secret().data(), secret.size()) != 0) {
      return Forbidden("BOOTSTRAP_REFUSED",
                       "expected the secret that stands in identity/bootstrap-secret in the "
                       "process's data folder");
    }
  }
  v1::Account account;
  account.set_name(request.name());
  account.add_roles("administrator");
  account.add_councils(kEveryCouncil);
  absl::StatusOr<v1::Account> created =
      CreateAs({"administrator", std::string(LastId(account.name())), ""},
               record::v1::ACT_BOOTSTRAPPED, account, request.password());
  if (created.ok()) unlink(SecretIn(folder_).c_str());
  return created;
}

absl::StatusOr<v1::Account> Accounts::ChangePassword(const Actor& who,
                                                     const v1::ChangePasswordRequest& request) {
  if (absl::Status good = CheckPassword("new_password", request.new_password()); !good.ok())
    return good;
  std::lock_guard lock(mutex_);
  v1::StoredAccount* account = Find("accounts/" + who.id);
  if (absl::Status is = CheckIs(account, request.password(), nullptr); !is.ok()) return is;
  absl::StatusOr<std::string> hash = HashPassword(request.new_password());
  if (!hash.ok()) return hash.status();
  absl::Status noted =
      NoteAccount(note_, who, record::v1::ACT_PASSWORD_CHANGED, account->account(), {});
  if (!noted.ok()) return noted;
  account->set_password_hash(*hash);
  if (absl::Status saved = Save(); !saved.ok()) return saved;
  return account->account();
}

absl::StatusOr<v1::EnrolTotpResponse> Accounts::EnrolTotp(const Actor& who,
                                                          const v1::EnrolTotpRequest& request) {
  std::lock_guard lock(mutex_);
  v1::StoredAccount* account = Find("accounts/" + who.id);
  if (absl::Status is = CheckIs(account, request.password(), nullptr); !is.ok()) return is;
  absl::Status noted =
      NoteAccount(note_, who, record::v1::ACT_TOTP_ENROLLED, account->account(), {});
  if (!noted.ok()) return noted;
  std::string secret(kTotpSecretBytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  account->set_totp_secret(secret);
  account->set_totp_last_step(0);
  account->mutable_account()->set_has_totp(true);
  if (absl::Status saved = Save(); !saved.ok()) return saved;
  v1::EnrolTotpResponse response;
  response.set_secret(ToBase32(secret));
  response.set_uri(absl::StrCat("otpauth://totp/", issuer_, ":", who.id,
                                "?secret=", response.secret(), "&issuer=", issuer_));
  return response;
}

absl::StatusOr<v1::Account> Accounts::Create(const Actor& who, const v1::Account& account,
                                             const std::string& password) {
  return CreateAs(who, record::v1::ACT_ACCOUNT_CREATED, account, password);
}

absl::StatusOr<v1::Account> Accounts::CreateAs(const Actor& who, record::v1::Act act,
                                               const v1::Account& account,
                                               const std::string& password) {
  absl::Status good = CheckAccount(account);
  if (good.ok()) good = CheckPassword("password", password);
  if (!good.ok()) return good;
  absl::StatusOr<std::string> hash = HashPassword(password);
  if (!hash.ok()) return hash.status();
  std::lock_guard lock(mutex_);
  if (Find(account.name()) != nullptr) {
    return Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS",
                  absl::StrCat(account.name(), " is there already"), "account.name");
  }
  if (absl::Status noted = NoteAccount(note_, who, act, account, {}); !noted.ok()) return noted;
  v1::StoredAccount& stored = *store_.add_accounts();
  stored.mutable_account()->set_name(account.name());
  Grant(account, *stored.mutable_account());
  *stored.mutable_account()->mutable_create_time() = ToProto(time_.Now());
  stored.set_password_hash(*hash);
  if (absl::Status saved = Save(); !saved.ok()) {
    store_.mutable_accounts()->RemoveLast();
    return saved;
  }
  return stored.account();
}

v1::ListAccountsResponse Accounts::List() {
  std::lock_guard lock(mutex_);
  v1::ListAccountsResponse response;
  for (const v1::StoredAccount& account : store_.accounts())
    *response.add_accounts() = account.account();
  return response;
}

absl::StatusOr<v1::Account> Accounts::Change(
    const Actor& who, record::v1::Act act, const std::string& name,
    const std::function<void(v1::StoredAccount&)>& change) {
  std::lock_guard lock(mutex_);
  v1::StoredAccount* account = Find(name);
  if (account == nullptr) return NotFound("name", name.substr(0, 80));
  const v1::StoredAccount before = *account;
  change(*account);
  if (IsAdministrator(before) &&
      std::none_of(store_.accounts().begin(), store_.accounts().end(), IsAdministrator)) {
    *account = before;
    return Refuse(absl::StatusCode::kFailedPrecondition, "LAST_ADMINISTRATOR",
                  absl::StrCat(name,
                               " is the last administrator of every council: make another "
                               "one first"));
  }
  absl::Status noted = NoteAccount(note_, who, act, account->account(), before.account());
  if (!noted.ok()) {
    *account = before;
    return noted;
  }
  if (absl::Status saved = Save(); !saved.ok()) return saved;
  return account->account();
}

absl::StatusOr<v1::Account> Accounts::SetRoles(const Actor& who, const v1::Account& account) {
  if (absl::Status good = CheckAccount(account); !good.ok()) return good;
  return Change(who, record::v1::ACT_ROLES_SET, account.name(), [&](v1::StoredAccount& stored) {
    Grant(account, *stored.mutable_account());
    RevokeTokens(stored);
  });
}

absl::StatusOr<v1::Account> Accounts::SetDisabled(const Actor& who, const std::string& name,
                                                  bool disabled) {
  const auto act = disabled ? record::v1::ACT_ACCOUNT_DISABLED : record::v1::ACT_ACCOUNT_ENABLED;
  return Change(who, act, name, [&](v1::StoredAccount& stored) {
    stored.mutable_account()->set_disabled(disabled);
    if (disabled) RevokeTokens(stored);
  });
}

absl::StatusOr<v1::Account> Accounts::SetPassword(const Actor& who,
                                                  const v1::SetPasswordRequest& request) {
  if (absl::Status good = CheckPassword("password", request.password()); !good.ok()) return good;
  absl::StatusOr<std::string> hash = HashPassword(request.password());
  if (!hash.ok()) return hash.status();
  return Change(who, record::v1::ACT_PASSWORD_RESET, request.name(),
                [&](v1::StoredAccount& stored) {
                  stored.set_password_hash(*hash);
                  stored.set_wrong_tries(0);
                  stored.clear_locked_until();
                  RevokeTokens(stored);
                });
}

absl::StatusOr<v1::Account> Accounts::ResetTotp(const Actor& who, const std::string& name) {
  return Change(who, record::v1::ACT_TOTP_RESET, name, [](v1::StoredAccount& stored) {
    stored.clear_totp_secret();
    stored.mutable_account()->set_has_totp(false);
  });
}

absl::StatusOr<std::string> Accounts::RotateKeys(const Actor& who) {
  std::lock_guard lock(mutex_);
  v1::SigningKey key = NewSigningKey(time_.Now());
  if (absl::Status noted = NoteKey(note_, who, key.id()); !noted.ok()) return noted;
  SignWith(std::move(key));
  if (absl::Status saved = Save(); !saved.ok()) return saved;
  return store_.keys().rbegin()->id();
}

absl::StatusOr<v1::Trust> Accounts::GetTrust() const {
  // Keys first, as they are replaced last: what was denied by then is there.
  absl::StatusOr<std::string> keys = ReadFile(KeysIn(folder_)),
                              denied = ReadFile(DeniedIn(folder_));
  if (!keys.ok()) return keys.status();
  if (!denied.ok()) return denied.status();
  v1::Trust trust;
  trust.set_keys(*std::move(keys));
  trust.set_denied(*std::move(denied));
  return trust;
}

}  // namespace ccfa::identity
