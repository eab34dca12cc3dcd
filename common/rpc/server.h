#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/gate.h"
#include "common/rpc/tls_files.h"

namespace ccfa::rpc {

/// Whether a server with these files may listen there: without mutual TLS, only at
/// "127.0.0.1:7400", "[::1]:7400" or "localhost:7400". FAILED_PRECONDITION: others could ask, and
/// nothing says who they are.
absl::Status CheckReach(absl::string_view address, const TlsFiles& tls);

/// A gRPC server with what every service of ours has: health, reflection, bounded messages,
/// graceful drain, and a gate before every RPC. The gate and the services outlive it.
class Server {
 public:
  /// Port 0 takes a free one. UNAVAILABLE when the address cannot be bound, FAILED_PRECONDITION as
  /// CheckReach, INTERNAL when an RPC is not in the table of permissions.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const std::string& address,
                                                       const TlsFiles& tls, const Gate& gate,
                                                       const std::vector<grpc::Service*>& services);
  ~Server() { Drain(absl::Seconds(5)); }

  int port() const { return port_; }
  /// To this server from within its process, past the sockets and not past the gate.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  /// What the health service says of `service`; "" is the server as a whole.
  void SetServing(const std::string& service, bool serving);

  /// Takes no new requests, waits for those in flight up to `patience`, then ends them.
  void Drain(absl::Duration patience);

 private:
  Server() = default;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace ccfa::rpc
