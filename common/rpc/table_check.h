#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>

#include "absl/status/status.h"

namespace ccfa::rpc {

/// A server's option that looks, once it is built, whether every RPC of ours that it serves is in
/// the table of permissions; `result` outlives the building and says so.
std::unique_ptr<grpc::ServerBuilderOption> NewTableCheck(absl::Status& result);

}  // namespace ccfa::rpc
