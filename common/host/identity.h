#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/core/clock.h"
#include "common/engine/acts.h"
#include "common/host/identity_service.h"
#include "common/host/issuer.h"
#include "common/identity/accounts.h"
#include "common/identity/deny_list.h"
#include "common/identity/key_set.h"
#include "common/identity/verifier.h"
#include "common/rpc/gate.h"
#include "common/rpc/tls_files.h"

namespace ccfa::host {

/// What an operator says of who is believed.
struct IdentityFlags {
  /// "accounts", "accounts=HOST:PORT", "jwks=FILE", "oidc=ISSUER" or "trusted".
  std::string mode;
  std::string issuer = "ccfa";
  std::string audience = "ccfa";
  /// A file of the claims' names at the provider; ours when left out.
  std::string claims;
  /// A file of the `jti` of tokens that count no more.
  std::string denied;
  /// A file of the authorities that a provider's certificate may be of; the machine's when left
  /// out.
  std::string ca;
  int skew_s = 60;
};

/// What TLS needs beside it.
inline rpc::TlsNeeds TlsNeedsOf(const IdentityFlags& flags) {
  return flags.mode == "trusted" ? rpc::TlsNeeds::kMutual : rpc::TlsNeeds::kServerAlone;
}

/// Who gets into a process, and by what.
class Identity {
 public:
  /// Local accounts stand in the folder "identity" of the data. INVALID_ARGUMENT naming the flag,
  /// or as Accounts::Open. The time outlives it.
  static absl::StatusOr<std::unique_ptr<Identity>> Open(const IdentityFlags& flags,
                                                        const rpc::TlsFiles& tls,
                                                        const std::string& data,
                                                        const TimeSource& time);

  const rpc::Gate& gate() const { return gate_; }
  /// Where what is done to local accounts is written down, before it is. Before anybody is served;
  /// it outlives this.
  void RecordActsIn(const engine::Acts& acts);
  /// The RPCs of local accounts; null where there are none.
  grpc::Service* rpcs() { return service_.get(); }

 private:
  explicit Identity(const std::string& denied) : denied_(denied) {}

  std::unique_ptr<Issuer> issuer_;
  std::unique_ptr<identity::Accounts> accounts_;
  std::unique_ptr<IdentityService> service_;
  identity::DenyList denied_;
  std::unique_ptr<identity::KeySource> keys_;
  std::unique_ptr<identity::Verifier> verifier_;
  rpc::Gate gate_ = rpc::Gate::Trusting();
};

}  // namespace ccfa::host
