#pragma once

#include <atomic>

#include "ccfa/identity/v1/identity.grpc.pb.h"
#include "common/identity/accounts.h"

namespace ccfa::host {

/// Local accounts over gRPC. The accounts outlive it.
class IdentityService final : public identity::v1::IdentityService::Service {
 public:
  explicit IdentityService(identity::Accounts& accounts) : accounts_(accounts) {}

  using Context = grpc::ServerContext;
  grpc::Status SignIn(Context*, const identity::v1::SignInRequest*,
                      identity::v1::SignInResponse*) override;
  grpc::Status SignOut(Context*, const identity::v1::SignOutRequest*,
                       identity::v1::SignOutResponse*) override;
  grpc::Status Bootstrap(Context*, const identity::v1::BootstrapRequest*,
                         identity::v1::Account*) override;
  grpc::Status ChangePassword(Context*, const identity::v1::ChangePasswordRequest*,
                              identity::v1::Account*) override;
  grpc::Status EnrolTotp(Context*, const identity::v1::EnrolTotpRequest*,
                         identity::v1::EnrolTotpResponse*) override;
  grpc::Status CreateAccount(Context*, const identity::v1::CreateAccountRequest*,
                             identity::v1::Account*) override;
  grpc::Status ListAccounts(Context*, const identity::v1::ListAccountsRequest*,
                            identity::v1::ListAccountsResponse*) override;
  grpc::Status SetRoles(Context*, const identity::v1::SetRolesRequest*,
                        identity::v1::Account*) override;
  grpc::Status DisableAccount(Context*, const identity::v1::DisableAccountRequest*,
                              identity::v1::Account*) override;
  grpc::Status EnableAccount(Context*, const identity::v1::EnableAccountRequest*,
                             identity::v1::Account*) override;
  grpc::Status SetPassword(Context*, const identity::v1::SetPasswordRequest*,
                           identity::v1::Account*) override;
  grpc::Status ResetTotp(Context*, const identity::v1::ResetTotpRequest*,
                         identity::v1::Account*) override;
  grpc::Status RotateKeys(Context*, const identity::v1::RotateKeysRequest*,
                          identity::v1::RotateKeysResponse*) override;
  grpc::Status GetTrust(Context*, const identity::v1::GetTrustRequest*,
                        identity::v1::Trust*) override;

 private:
  identity::Accounts& accounts_;
  /// Each holds a thread for as long as a password takes.
  std::atomic<int> waiting_ = 0;
};

}  // namespace ccfa::host
