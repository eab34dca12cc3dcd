#include "common/rpc/commands.h"

#include <algorithm>

namespace ccfa::rpc {
namespace {

constexpr size_t kRequestIdBytes = 128;

}  // namespace

absl::StatusOr<engine::Command> NewCommand(const Actor& actor,
                                           const google::protobuf::Message& request, Marks marks) {
  if (absl::Status status = CheckBounds(request, marks); !status.ok()) return status;
  absl::StatusOr<std::string> council = CouncilOfRequest(request);
  if (!council.ok()) return council.status();

  engine::Command command;
  command.what = request.GetDescriptor()->name();
  command.council = *std::move(council);
  command.actor = actor;
  command.subject = StringField(request, "name");
  command.request_id = StringField(request, "request_id");
  if (command.request_id.size() > kRequestIdBytes) {
    return InvalidField("request_id", absl::StrCat("at most ", kRequestIdBytes, " bytes"));
  }
  if (!command.request_id.empty()) {
    command.request_hash =
        Fingerprint(absl::StrCat(command.what, "\n", request.SerializeAsString()));
  }
  return command;
}

absl::StatusOr<engine::Command> NewCommand(const grpc::CallbackServerContext& context,
                                           const google::protobuf::Message& request, Marks marks) {
  if (absl::Status refusal = RefusalOf(context); !refusal.ok()) return refusal;
  absl::StatusOr<std::optional<absl::Time>> as_at = AsAtOf(context);
  if (!as_at.ok()) return as_at.status();
  if (*as_at) {
    return InvalidField(kAsAtKey,
                        "is for reads: what is asked for here happens now, and the past "
                        "does not change");
  }
  absl::StatusOr<Actor> actor = ActorOf(context);
  if (!actor.ok()) return actor.status();
  absl::StatusOr<engine::Command> command = NewCommand(*actor, request, marks);
  if (!command.ok()) return command;
  command->traceparent = TraceparentOf(context);
  command->deadline = DeadlineOf(context);
  return command;
}

absl::StatusOr<std::unique_ptr<state::Rows>> RowsFor(const grpc::CallbackServerContext& context,
                                                     const engine::Engine& engine, bool is_shared) {
  absl::StatusOr<std::optional<absl::Time>> as_at = AsAtOf(context);
  if (!as_at.ok()) return as_at.status();
  absl::StatusOr<std::unique_ptr<state::Rows>> rows = engine.Read();
  if (is_shared && !OwnerOf(rows.status()).empty()) rows = engine.ReadAsFollower();
  if (!rows.ok() || !*as_at) return rows;
  absl::StatusOr<std::unique_ptr<state::Rows>> past = engine.past()->At(**as_at);
  return past.ok() && *past == nullptr ? std::move(rows) : std::move(past);
}

absl::Time MomentOf(const grpc::CallbackServerContext& context, const engine::Engine& engine) {
  absl::StatusOr<std::optional<absl::Time>> as_at = AsAtOf(context);
  return as_at.ok() && *as_at ? std::min(**as_at, engine.Now()) : engine.Now();
}

grpc::ServerUnaryReactor* Submit(const engine::Engines& engines,
                                 grpc::CallbackServerContext* context,
                                 absl::StatusOr<engine::Command> command,
                                 record::v1::Receipt* receipt) {
  auto* reactor = context->DefaultReactor();
  if (!command.ok()) {
    reactor->Finish(ToGrpc(command.status()));
    return reactor;
  }
  command->done = [reactor, receipt](absl::StatusOr<record::v1::Receipt> outcome) {
    if (outcome.ok()) *receipt = *std::move(outcome);
    reactor->Finish(ToGrpc(outcome.status()));
  };
  engine::Engine& engine = engines.Of(command->council);
  engine.Submit(*std::move(command));
  return reactor;
}

}  // namespace ccfa::rpc
