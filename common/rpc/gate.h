#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/identity/permissions.h"
#include "common/identity/verifier.h"
#include "google/protobuf/message.h"

namespace ccfa::rpc {

/// Who gets in: each request of a server is asked about before its service sees it. Thread-safe.
class Gate {
 public:
  /// Believes what requests say of themselves; only what a role may not at all is refused.
  static Gate Trusting() { return Gate(nullptr); }
  /// Believes tokens alone. The verifier outlives it.
  static Gate ByTokens(identity::Verifier& verifier) { return Gate(&verifier); }

  bool wants_tokens() const { return verifier_ != nullptr; }

  struct Ask {
    /// "/ccfa.intake.v1.IntakeService/LogCall"
    absl::string_view method;
    /// Null when it is none of protobuf's, or could not be read.
    const google::protobuf::Message* request = nullptr;
    /// Of the metadata `authorization` and `ccfa-actor`.
    std::vector<std::string> authorizations;
    std::string actor;
  };

  /// Who asks, in the form of `ccfa-actor`: empty where nobody needs to be known. UNAUTHENTICATED
  /// as the verifier, or TOKEN_MISSING; PERMISSION_DENIED RPC_NOT_LISTED, ROLE_MAY_NOT,
  /// NOT_YOUR_ROLE, NOT_YOUR_COUNCIL, NOT_YOUR_WARD, NOT_YOUR_AGENCY, with what would be needed.
  absl::StatusOr<std::string> Admit(const Ask& ask) const;

 private:
  explicit Gate(identity::Verifier* verifier) : verifier_(verifier) {}
  absl::StatusOr<std::string> AdmitTrusted(const identity::Permission& row, const Ask& ask) const;
  absl::StatusOr<std::string> AdmitToken(const identity::Permission& row, const Ask& ask) const;

  identity::Verifier* verifier_;
};

}  // namespace ccfa::rpc
