#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "absl/status/status.h"
#include "common/rpc/gate.h"

namespace ccfa::rpc {

/// Stands before every RPC of a server. Who is let in goes on with the metadata `ccfa-actor` of the
/// gate's own, and without the token; of who is not, RefusalOf tells the service, which answers
/// with it and does nothing else. The gate outlives the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewGatekeeper(
    const Gate& gate);

/// Why the RPC must not be served; OK when it may. The first thing that whatever serves one asks.
absl::Status RefusalOf(const grpc::ServerContextBase& context);

}  // namespace ccfa::rpc
