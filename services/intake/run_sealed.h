#pragma once

#include <utility>

#include "common/rpc/commands.h"
#include "services/intake/callers.h"
#include "services/intake/domain/decide.h"

namespace ccfa::intake {

/// A refusal after which nothing of the request can have been kept.
inline bool IsFinal(const absl::Status& outcome) {
  return absl::IsInvalidArgument(outcome) || absl::IsFailedPrecondition(outcome) ||
         absl::IsPermissionDenied(outcome) || absl::IsNotFound(outcome) || absl::IsAborted(outcome);
}

/// A command RPC with personal data in its request, which is sealed before the rule sees it: the
/// rule is intake's `Decide` for the sealed request.
template <class Request>
grpc::ServerUnaryReactor* RunSealed(const engine::Engines& engines, const Callers& callers,
                                    grpc::CallbackServerContext* context, const Request* request,
                                    record::v1::Receipt* receipt) {
  absl::StatusOr<engine::Command> command = rpc::NewCommand(*context, *request, Marks::kTaken);
  if (!command.ok()) return rpc::Submit(engines, context, command.status(), receipt);
  auto sealed = callers.Seal(*request);
  if (!sealed.ok()) return rpc::Submit(engines, context, sealed.status(), receipt);
  if (!command->request_id.empty()) command->request_hash = sealed->fingerprint;
  command->decide = engine::DecisionOf<v1::Event, Tables>(std::move(sealed->request));
  auto* reactor = context->DefaultReactor();
  command->done = [reactor, receipt, made = std::move(sealed->made),
                   &vault = callers.vault()](absl::StatusOr<record::v1::Receipt> outcome) {
    if (!made.empty() && IsFinal(outcome.status())) vault.Destroy({made}).IgnoreError();
    if (outcome.ok()) *receipt = *std::move(outcome);
    reactor->Finish(rpc::ToGrpc(outcome.status()));
  };
  engine::Engine& engine = engines.Of(command->council);
  engine.Submit(*std::move(command));
  return reactor;
}

}  // namespace ccfa::intake
