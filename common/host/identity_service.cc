#include "common/host/identity_service.h"

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/bounds.h"
#include "common/core/refusal.h"
#include "common/rpc/gatekeeper.h"
#include "common/rpc/request.h"
#include "common/rpc/status.h"

namespace ccfa::host {
namespace {

using namespace identity::v1;

constexpr int kMostWaiting = 16;
constexpr int kTryAgain_ms = 1000;

/// What `answer` says to a request that is let in and within bounds.
template <class Request, class Reply, class Answer>
grpc::Status Ask(const grpc::ServerContext& context, const Request& request, Reply& reply,
                 Answer answer) {
  absl::Status status = rpc::RefusalOf(context);
  // A password may have anything in it.
  if (status.ok()) status = CheckBounds(request, Marks::kTaken);
  if (!status.ok()) return rpc::ToGrpc(status);
  absl::StatusOr<Reply> answered = answer();
  if (answered.ok()) reply = *std::move(answered);
  return rpc::ToGrpc(answered.status());
}

/// The same, to whoever is signed in.
template <class Request, class Reply, class Answer>
grpc::Status AskAs(const grpc::ServerContext& context, const Request& request, Reply& reply,
                   Answer answer) {
  return Ask(context, request, reply, [&]() -> absl::StatusOr<Reply> {
    absl::StatusOr<Actor> who = rpc::ActorOf(context);
    if (!who.ok()) return who.status();
    return answer(*who);
  });
}

bool IsOfThisMachine(const grpc::ServerContext& context) {
  const std::string peer = context.peer();
  return absl::StartsWith(peer, "ipv4:127.") || absl::StartsWith(peer, "ipv6:[::1]") ||
         absl::StartsWith(peer, "ipv6:%5B::1%5D");
}

}  // namespace

grpc::Status IdentityService::SignIn(Context* context, const SignInRequest* request,
                                     SignInResponse* reply) {
  return Ask(*context, *request, *reply, [&]() -> absl::StatusOr<SignInResponse> {
    const absl::Cleanup gone = [this] { --waiting_; };
    if (++waiting_ > kMostWaiting) {
      return TryLater(absl::StatusCode::kResourceExhausted, "TOO_MANY_SIGN_INS",
                      "too many sign in at once", kTryAgain_ms);
    }
    return accounts_.SignIn(*request);
  });
}

grpc::Status IdentityService::SignOut(Context* context, const SignOutRequest* request,
                                      SignOutResponse* reply) {
  return Ask(*context, *request, *reply, [&] { return accounts_.SignOut(*request); });
}

grpc::Status IdentityService::Bootstrap(Context* context, const BootstrapRequest* request,
                                        Account* reply) {
  return Ask(*context, *request, *reply, [&]() -> absl::StatusOr<Account> {
    if (!IsOfThisMachine(*context)) {
      return Forbidden("BOOTSTRAP_REFUSED", "only from the machine itself, over its loopback");
    }
    return accounts_.Bootstrap(*request);
  });
}

grpc::Status IdentityService::ChangePassword(Context* context, const ChangePasswordRequest* request,
                                             Account* reply) {
  return AskAs(*context, *request, *reply,
               [&](const Actor& who) { return accounts_.ChangePassword(who, *request); });
}

grpc::Status IdentityService::EnrolTotp(Context* context, const EnrolTotpRequest* request,
                                        EnrolTotpResponse* reply) {
  return AskAs(*context, *request, *reply,
               [&](const Actor& who) { return accounts_.EnrolTotp(who, *request); });
}

grpc::Status IdentityService::CreateAccount(Context* context, const CreateAccountRequest* request,
                                            Account* reply) {
  return AskAs(*context, *request, *reply, [&](const Actor& who) {
    return accounts_.Create(who, request->account(), request->password());
  });
}

grpc::Status IdentityService::ListAccounts(Context* context, const ListAccountsRequest* request,
                                           ListAccountsResponse* reply) {
  return Ask(*context, *request, *reply,
             [&] { return absl::StatusOr<ListAccountsResponse>(accounts_.List()); });
}

grpc::Status IdentityService::SetRoles(Context* context, const SetRolesRequest* request,
                                       Account* reply) {
  return AskAs(*context, *request, *reply,
               [&](const Actor& who) { return accounts_.SetRoles(who, request->account()); });
}

grpc::Status IdentityService::DisableAccount(Context* context, const DisableAccountRequest* request,
                                             Account* reply) {
  return AskAs(*context, *request, *reply,
               [&](const Actor& who) { return accounts_.SetDisabled(who, request->name(), true); });
}

grpc::Status IdentityService::EnableAccount(Context* context, const EnableAccountRequest* request,
                                            Account* reply) {
  return AskAs(*context, *request, *reply, [&](const Actor& who) {
    return accounts_.SetDisabled(who, request->name(), false);
  });
}

grpc::Status IdentityService::SetPassword(Context* context, const SetPasswordRequest* request,
                                          Account* reply) {
  return AskAs(*context, *request, *reply,
               [&](const Actor& who) { return accounts_.SetPassword(who, *request); });
}

grpc::Status IdentityService::ResetTotp(Context* context, const ResetTotpRequest* request,
                                        Account* reply) {
  return AskAs(*context, *request, *reply,
               [&](const Actor& who) { return accounts_.ResetTotp(who, request->name()); });
}

grpc::Status IdentityService::RotateKeys(Context* context, const RotateKeysRequest* request,
                                         RotateKeysResponse* reply) {
  const auto rotate = [&](const Actor& who) -> absl::StatusOr<RotateKeysResponse> {
    absl::StatusOr<std::string> id = accounts_.RotateKeys(who);
    if (!id.ok()) return id.status();
    RotateKeysResponse response;
    response.set_key_id(*id);
    return response;
  };
  return AskAs(*context, *request, *reply, rotate);
}

grpc::Status IdentityService::GetTrust(Context* context, const GetTrustRequest* request,
                                       Trust* reply) {
  return Ask(*context, *request, *reply, [&] { return accounts_.GetTrust(); });
}

}  // namespace ccfa::host
