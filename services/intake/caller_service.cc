#include "services/intake/caller_service.h"

#include "common/rpc/commands.h"
#include "services/intake/domain/decide.h"
#include "services/intake/run_sealed.h"

namespace ccfa::intake {
namespace {

using Reactor = CallerService::Reactor;
using Context = CallerService::Context;
using Receipt = CallerService::Receipt;

/// Decides a command, and answers when `then` has done what follows from its durable event.
template <class Then>
Reactor* RunThen(const engine::Engines& engines, Context* context,
                 absl::StatusOr<engine::Command> command, Then then) {
  auto* reactor = context->DefaultReactor();
  if (!command.ok()) {
    reactor->Finish(rpc::ToGrpc(command.status()));
    return reactor;
  }
  command->done = [reactor, then = std::move(then)](absl::StatusOr<Receipt> outcome) mutable {
    reactor->Finish(rpc::ToGrpc(outcome.ok() ? then(*std::move(outcome)) : outcome.status()));
  };
  engine::Engine& engine = engines.Of(command->council);
  engine.Submit(*std::move(command));
  return reactor;
}

/// The command of a request whose rule is intake's `Decide` for `decided_on`.
template <class Request, class DecidedOn>
absl::StatusOr<engine::Command> CommandOf(const Context& context, const Request& request,
                                          DecidedOn decided_on) {
  absl::StatusOr<engine::Command> command = rpc::NewCommand(context, request);
  if (command.ok()) command->decide = engine::DecisionOf<v1::Event, Tables>(std::move(decided_on));
  return command;
}

}  // namespace

Reactor* CallerService::ChangeCaller(Context* context, const v1::ChangeCallerRequest* request,
                                     Receipt* receipt) {
  return RunSealed(engines_, callers_, context, request, receipt);
}

Reactor* CallerService::RecordConsent(Context* context, const v1::RecordConsentRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* CallerService::WithdrawConsent(Context* context, const v1::WithdrawConsentRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* CallerService::OpenCaller(Context* context, const v1::OpenCallerRequest* request,
                                   v1::OpenCallerResponse* reply) {
  absl::StatusOr<engine::Command> command = CommandOf(*context, *request, *request);
  if (absl::Status open = callers_.vault().CheckOpen(); command.ok() && !open.ok()) command = open;
  return RunThen(engines_, context, std::move(command), [this, request, reply](Receipt receipt) {
    *reply->mutable_receipt() = std::move(receipt);
    return callers_.Open(*request, *reply);
  });
}

Reactor* CallerService::EraseCaller(Context* context, const v1::EraseCallerRequest* request,
                                    Receipt* reply) {
  return RunThen(engines_, context, CommandOf(*context, *request, *request),
                 [this, request, reply](Receipt receipt) {
                   absl::Status destroyed = callers_.DestroyErased(request->name());
                   if (!destroyed.ok()) {
                     return NotNow("KEY_NOT_DESTROYED",
                                   "the caller is erased and nobody is shown them any more, but "
                                   "their key could not be destroyed yet; it is tried again");
                   }
                   *reply = std::move(receipt);
                   return absl::OkStatus();
                 });
}

Reactor* CallerService::RotateKeys(Context* context, const v1::RotateKeysRequest* request,
                                   v1::RotateKeysResponse* reply) {
  absl::StatusOr<engine::Command> command = rpc::NewCommand(*context, *request);
  if (absl::Status open = callers_.vault().CheckOpen(); command.ok() && !open.ok()) command = open;
  if (command.ok()) {
    v1::RotateKeysTo rotate;
    rotate.set_parent(request->parent());
    rotate.set_master_key(callers_.vault().master_key());
    command->decide = engine::DecisionOf<v1::Event, Tables>(std::move(rotate));
  }
  return RunThen(engines_, context, std::move(command), [this, request, reply](Receipt receipt) {
    absl::StatusOr<int> rewrapped =
        callers_.vault().Rewrap(std::string(CouncilOf(request->parent())));
    if (!rewrapped.ok()) return rewrapped.status();
    *reply->mutable_receipt() = std::move(receipt);
    reply->set_master_key(callers_.vault().master_key());
    reply->set_rewrapped(*rewrapped);
    return absl::OkStatus();
  });
}

}  // namespace ccfa::intake
