#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

#include "common/core/bounds.h"
#include "common/core/hash.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/engine/engine.h"
#include "common/engine/service_rules.h"
#include "common/rpc/request.h"
#include "common/rpc/status.h"

namespace ccfa::rpc {

/// Everything of a command that follows from who asks for what: bounds, council, request id and its
/// fingerprint. INVALID_ARGUMENT naming the field.
absl::StatusOr<engine::Command> NewCommand(const Actor& actor,
                                           const google::protobuf::Message& request);

/// The same from the wire: with the actor, deadline and trace of the request's metadata.
absl::StatusOr<engine::Command> NewCommand(const grpc::CallbackServerContext& context,
                                           const google::protobuf::Message& request);

/// Queues the command and answers the RPC when it is decided and durable.
grpc::ServerUnaryReactor* Submit(engine::Engine& engine, grpc::CallbackServerContext* context,
                                 absl::StatusOr<engine::Command> command,
                                 record::v1::Receipt* receipt);

/// A command RPC from wire to rule: the rule is the service's `Decide` for this request.
template <class Event, class Tables, class Request>
grpc::ServerUnaryReactor* Run(engine::Engine& engine, grpc::CallbackServerContext* context,
                              const Request* request, record::v1::Receipt* receipt) {
  absl::StatusOr<engine::Command> command = NewCommand(*context, *request);
  if (command.ok()) {
    // The request lives until it is answered, which is after it is decided.
    command->decide = [request](state::Rows& rows, const engine::Context& decision) {
      const Tables tables(rows);
      return engine::ToDraft<Event>(Decide(tables, *request, decision));
    };
  }
  return Submit(engine, context, std::move(command), receipt);
}

/// A read RPC: `answer` fills the reply from the committed tables.
template <class Tables, class Reader, class Answer>
grpc::ServerUnaryReactor* Read(const Reader& reader, grpc::CallbackServerContext* context,
                               const google::protobuf::Message& request, Answer answer) {
  auto* reactor = context->DefaultReactor();
  absl::Status status = CheckBounds(request);
  if (status.ok()) {
    absl::StatusOr<std::unique_ptr<state::Snapshot>> rows = reader.Read();
    status = rows.status();
    if (rows.ok()) {
      const Tables tables(**rows);
      status = answer(tables);
      if (status.ok()) status = (*rows)->status();
    }
  }
  reactor->Finish(ToGrpc(status));
  return reactor;
}

}  // namespace ccfa::rpc
