#pragma once

namespace ccfa::rpc {

/// What gRPC has to say on its own account, such as why it closed a connection, goes into our log.
/// Before any use of gRPC.
void LogGrpc();

/// It says nothing: for a client that tells people itself.
void SilenceGrpc();

}  // namespace ccfa::rpc
