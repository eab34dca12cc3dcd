#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/tls_files.h"
#include "grpcpp/grpcpp.h"

namespace ccfa::bench {

/// LogCalls a second at 64 in flight: to whoever connects in plain text, and with TLS, a token and
/// the table of permissions. The ratio is the median of those of each round.
struct IdentityRates {
  double trusted = 0;
  double tokens = 0;
  double ratio = 0;
};

/// Measures both in turn, on servers and folders of their own. `prepare` makes a place for the
/// calls; `settle` waits until a server rests.
struct IdentityBench {
  std::string server, folder;
  int rounds;
  absl::Duration length;
  std::function<absl::Status(const std::shared_ptr<grpc::Channel>&)> prepare;
  std::function<void(const std::shared_ptr<grpc::Channel>&)> settle;
};
absl::StatusOr<IdentityRates> MeasureIdentity(const IdentityBench& bench);

/// A token of an issuer in the folder, whose keys a server is told by `jwks=`.
absl::StatusOr<std::string> IssueToken(const std::string& folder);
/// Makes a certificate of its own authority, for this machine. By openssl.
bool MakeCertificate(const rpc::TlsFiles& files);

}  // namespace ccfa::bench
