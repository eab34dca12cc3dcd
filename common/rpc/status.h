#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace ccfa::rpc {

/// A status as gRPC carries it: details as a google.rpc.Status in `grpc-status-details-bin`.
grpc::Status ToGrpc(const absl::Status& status);

/// And back, for clients.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace ccfa::rpc
