#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/intake/v1/sealed.pb.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"
#include "common/privacy/vault.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

/// A request as the rules see it, and what told it from others while it was in clear.
template <class Request>
struct SealedRequest {
  Request request;
  /// By the person's own key, so that nobody can guess back from it, and nothing is left of it once
  /// the key is destroyed.
  uint64_t fingerprint = 0;
  /// The key, where it was made for this very request: nothing else can need it when the request is
  /// refused.
  std::string made;
};

/// Personal data on its way in and out: sealed before it reaches a rule, opened after the event
/// that says so is durable. Thread-safe.
class Callers {
 public:
  Callers(engine::Engines engines, privacy::Vault& vault)
      : engines_(std::move(engines)), vault_(vault) {}

  privacy::Vault& vault() const { return vault_; }

  /// Whether there is anything personal in a call that is to be logged: a caller, or marks.
  static bool IsPersonal(const v1::LogCallRequest& request);

  /// INVALID_ARGUMENT naming the field and never what it holds; FAILED_PRECONDITION KEYS_MISSING,
  /// CALLER_ERASED.
  absl::StatusOr<SealedRequest<v1::LogSealedCall>> Seal(const v1::LogCallRequest& request) const;
  absl::StatusOr<SealedRequest<v1::ChangeSealedCaller>> Seal(
      const v1::ChangeCallerRequest& request) const;
  /// For the council it goes to, where the caller agreed to that; otherwise without a caller.
  absl::StatusOr<v1::ReferSealedCall> Reseal(const v1::ReferCallToCouncilRequest& request) const;

  /// The fields of a call's caller that are asked for, in clear. FAILED_PRECONDITION CALLER_ERASED
  /// when they open no more.
  absl::Status Open(const v1::OpenCallerRequest& request, v1::OpenCallerResponse& opened) const;

  /// Destroys the key of a call's caller, where they were erased.
  absl::Status DestroyErased(const std::string& call) const;

 private:
  /// The call as it is now; an empty one where there is none: the rules will say so.
  absl::StatusOr<v1::Call> CallNamed(const std::string& name) const;
  /// A key for whom `what` is about: the council's next call, or a call.
  absl::StatusOr<privacy::PersonKey> NewKey(absl::string_view council, absl::string_view what,
                                            const std::string& request_id) const;
  /// The same where `rows` are the council's tables.
  absl::StatusOr<privacy::PersonKey> NewKey(state::Rows& rows, absl::string_view council,
                                            absl::string_view what,
                                            const std::string& request_id) const;

  const engine::Engines engines_;
  privacy::Vault& vault_;
};

}  // namespace ccfa::intake
