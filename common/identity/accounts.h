#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "ccfa/identity/v1/store.pb.h"
#include "common/core/clock.h"
#include "common/identity/account_acts.h"

namespace ccfa::identity {

/// Local accounts and the issuer of their tokens, in a folder of their own. Beside the store it
/// keeps two files for those who verify: the public keys (jwks.json) and the tokens that count no
/// more (denied). Each change is on the disk before anybody is answered. Thread-safe; what takes
/// long is done by one at a time.
class Accounts {
 public:
  static constexpr int kMostWrongTries = 5;
  static constexpr absl::Duration kLocked = absl::Minutes(15);
  static constexpr absl::Duration kTokenLife = absl::Hours(8);
  /// A key signs so long, and its tokens are verified until the last of them has expired.
  static constexpr absl::Duration kKeyLife = absl::Hours(24 * 90);

  /// As ReadStore. With no account yet, leaves a secret for Bootstrap in the folder. The time
  /// outlives it.
  static absl::StatusOr<std::unique_ptr<Accounts>> Open(const std::string& folder,
                                                        const std::string& issuer,
                                                        const std::string& audience,
                                                        const TimeSource& time);

  static std::string KeysIn(const std::string& folder) { return folder + "/jwks.json"; }
  static std::string DeniedIn(const std::string& folder) { return folder + "/denied"; }
  static std::string SecretIn(const std::string& folder) { return folder + "/bootstrap-secret"; }

  /// Where it notes what is done, before it is; nowhere until it is told. Before anybody is served.
  void NoteActsBy(NoteAct note);

  /// The RPCs of IdentityService, by whom it says; refusals as they stand there, and why an act
  /// could not be noted: then it is not done.
  absl::StatusOr<v1::SignInResponse> SignIn(const v1::SignInRequest& request);
  absl::StatusOr<v1::SignOutResponse> SignOut(const v1::SignOutRequest& request);
  absl::StatusOr<v1::Account> Bootstrap(const v1::BootstrapRequest& request);
  absl::StatusOr<v1::Account> ChangePassword(const Actor& who,
                                             const v1::ChangePasswordRequest& request);
  absl::StatusOr<v1::EnrolTotpResponse> EnrolTotp(const Actor& who,
                                                  const v1::EnrolTotpRequest& request);
  absl::StatusOr<v1::Account> Create(const Actor& who, const v1::Account& account,
                                     const std::string& password);
  v1::ListAccountsResponse List();
  absl::StatusOr<v1::Account> SetRoles(const Actor& who, const v1::Account& account);
  absl::StatusOr<v1::Account> SetDisabled(const Actor& who, const std::string& name, bool disabled);
  absl::StatusOr<v1::Account> SetPassword(const Actor& who, const v1::SetPasswordRequest& request);
  absl::StatusOr<v1::Account> ResetTotp(const Actor& who, const std::string& name);
  absl::StatusOr<std::string> RotateKeys(const Actor& who);
  /// Waits for nothing that takes long.
  absl::StatusOr<v1::Trust> GetTrust() const;

 private:
  Accounts(std::string folder, std::string issuer, std::string audience, const TimeSource& time)
      : folder_(std::move(folder)),
        issuer_(std::move(issuer)),
        audience_(std::move(audience)),
        time_(time) {}

  absl::Status OpenLocked();
  absl::Status Save();
  void SignWith(v1::SigningKey key);
  absl::StatusOr<v1::Account> CreateAs(const Actor& who, record::v1::Act act,
                                       const v1::Account& account, const std::string& password);
  v1::StoredAccount* Find(const std::string& name);
  /// Whether it is the account's password and, where one is wanted, its next code, with no more
  /// wrong tries than allowed; counts this one. It takes as long whatever is wrong.
  absl::Status CheckIs(v1::StoredAccount* account, const std::string& password,
                       const std::string* code);
  /// Notes the act as what the account is then.
  absl::StatusOr<v1::Account> Change(const Actor& who, record::v1::Act act, const std::string& name,
                                     const std::function<void(v1::StoredAccount&)>& change);
  std::string TokenOf(v1::StoredAccount& account, absl::Time until);

  const std::string folder_, issuer_, audience_;
  const TimeSource& time_;
  NoteAct note_ = [](const Actor&, const record::v1::ActRecorded&) { return absl::OkStatus(); };
  std::mutex mutex_;  // guards what follows
  v1::Store store_;
};

}  // namespace ccfa::identity
