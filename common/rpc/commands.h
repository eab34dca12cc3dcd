#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "common/core/bounds.h"
#include "common/core/hash.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"
#include "common/engine/service_rules.h"
#include "common/rpc/gatekeeper.h"
#include "common/rpc/request.h"
#include "common/rpc/status.h"

namespace ccfa::rpc {

/// Everything of a command that follows from who asks for what: bounds, council, request id and its
/// fingerprint. INVALID_ARGUMENT naming the field.
absl::StatusOr<engine::Command> NewCommand(const Actor& actor,
                                           const google::protobuf::Message& request,
                                           Marks marks = Marks::kRefused);

/// The same from the wire: with the actor, deadline and trace of the request's metadata.
absl::StatusOr<engine::Command> NewCommand(const grpc::CallbackServerContext& context,
                                           const google::protobuf::Message& request,
                                           Marks marks = Marks::kRefused);

/// Queues the command with its council's writer and answers the RPC when it is decided and durable.
grpc::ServerUnaryReactor* Submit(const engine::Engines& engines,
                                 grpc::CallbackServerContext* context,
                                 absl::StatusOr<engine::Command> command,
                                 record::v1::Receipt* receipt);

/// A command RPC from wire to rule: the rule is the service's `Decide` for this request.
template <class Event, class Tables, class Request>
grpc::ServerUnaryReactor* Run(const engine::Engines& engines, grpc::CallbackServerContext* context,
                              const Request* request, record::v1::Receipt* receipt) {
  absl::StatusOr<engine::Command> command = NewCommand(*context, *request);
  if (command.ok()) {
    // The request lives until it is answered, which is after it is decided.
    command->decide = [request](state::Rows& rows, const engine::Context& decision) {
      const Tables tables(rows);
      return engine::ToDraft<Event>(Decide(tables, *request, decision));
    };
  }
  return Submit(engines, context, std::move(command), receipt);
}

/// What a read is answered from: the committed tables, or those of the past moment it asks about.
/// `is_shared`: a partition that another process owns will do as it is followed here.
absl::StatusOr<std::unique_ptr<state::Rows>> RowsFor(const grpc::CallbackServerContext& context,
                                                     const engine::Engine& engine,
                                                     bool is_shared = false);

/// The moment a read is answered for: what is overdue depends on it.
absl::Time MomentOf(const grpc::CallbackServerContext& context, const engine::Engine& engine);

/// A read RPC about one council: `answer` fills the reply from the committed tables.
template <class Tables, class Answer>
grpc::ServerUnaryReactor* Read(const engine::Engines& engines, grpc::CallbackServerContext* context,
                               const google::protobuf::Message& request, Answer answer) {
  auto* reactor = context->DefaultReactor();
  absl::Status status = RefusalOf(*context);
  if (status.ok()) status = CheckBounds(request);
  absl::StatusOr<std::string> council = CouncilOfRequest(request);
  if (status.ok()) status = council.status();
  if (status.ok()) {
    absl::StatusOr<std::unique_ptr<state::Rows>> rows = RowsFor(*context, engines.Of(*council));
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

/// A read RPC about all councils: `answer` gets every partition's tables, in order. A partition
/// that another process owns is read as it is followed here, a moment behind.
template <class Tables, class Answer>
grpc::ServerUnaryReactor* ReadAll(const engine::Engines& engines,
                                  grpc::CallbackServerContext* context,
                                  const google::protobuf::Message& request, Answer answer) {
  auto* reactor = context->DefaultReactor();
  absl::Status status = RefusalOf(*context);
  if (status.ok()) status = CheckBounds(request);
  std::vector<std::unique_ptr<state::Rows>> snapshots;
  std::vector<std::unique_ptr<const Tables>> partitions;
  std::vector<const Tables*> all;
  for (const engine::Engine* engine : engines.all()) {
    if (!status.ok()) break;
    absl::StatusOr<std::unique_ptr<state::Rows>> rows =
        RowsFor(*context, *engine, /*is_shared=*/true);
    status = rows.status();
    if (!status.ok()) break;
    snapshots.push_back(*std::move(rows));
    partitions.push_back(std::make_unique<const Tables>(*snapshots.back()));
    all.push_back(partitions.back().get());
  }
  if (status.ok()) status = answer(all);
  for (const auto& snapshot : snapshots) {
    if (status.ok()) status = snapshot->status();
  }
  reactor->Finish(ToGrpc(status));
  return reactor;
}

}  // namespace ccfa::rpc
