#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace ccfa::rpc {

/// "127.0.0.1:7400", "[::1]:7400" or "localhost:7400". Anything beyond loopback is refused with
/// FAILED_PRECONDITION: until callers can be identified, nobody but this machine may ask.
absl::Status CheckLoopback(absl::string_view address);

/// Whether a gRPC server answers at an address within `patience`: a process that was stopped or cut
/// off does not, though its port may still be open.
bool Answers(const std::string& address, absl::Duration patience);

/// A gRPC server with what every service of ours has: health, reflection, bounded messages,
/// graceful drain. The services outlive it.
class Server {
 public:
  /// Port 0 takes a free one. UNAVAILABLE when the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const std::string& address,
                                                       const std::vector<grpc::Service*>& services);
  ~Server() { Drain(absl::Seconds(5)); }

  int port() const { return port_; }

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
