#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <utility>

#include "common/core/bounds.h"
#include "common/engine/partitions.h"
#include "common/engine/projector.h"
#include "common/rpc/gatekeeper.h"
#include "common/rpc/request.h"
#include "common/rpc/status.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// A read that waits until the projector has caught up with the moment of the question; answered
/// from the tables as they are then, or as at a past moment, or with the reason why there is none.
template <class Answer>
grpc::ServerUnaryReactor* ReadCaughtUpAt(absl::StatusOr<std::optional<absl::Time>> as_at,
                                         const engine::Projectors& projectors,
                                         grpc::CallbackServerContext* context,
                                         const google::protobuf::Message& request, Answer answer) {
  auto* reactor = context->DefaultReactor();
  absl::Status status = rpc::RefusalOf(*context);
  if (status.ok()) status = CheckBounds(request);
  absl::StatusOr<std::string> council = rpc::CouncilOfRequest(request);
  if (status.ok()) status = council.status();
  if (status.ok()) status = as_at.status();
  if (!status.ok()) {
    reactor->Finish(rpc::ToGrpc(status));
    return reactor;
  }
  engine::Projector& projector = projectors.Of(*council);
  projector.WhenCaughtUp(
      [&projector, reactor, as_at = *as_at, answer = std::move(answer)](absl::Status caught_up) {
        if (caught_up.ok()) {
          absl::StatusOr<std::unique_ptr<state::Rows>> rows = projector.ReadAsAt(as_at);
          caught_up = rows.ok() ? answer(Tables(**rows)) : rows.status();
          if (rows.ok() && caught_up.ok()) caught_up = (*rows)->status();
        }
        reactor->Finish(rpc::ToGrpc(caught_up));
      });
  return reactor;
}

/// The same, as at the moment that its metadata names.
template <class Answer>
grpc::ServerUnaryReactor* ReadCaughtUp(const engine::Projectors& projectors,
                                       grpc::CallbackServerContext* context,
                                       const google::protobuf::Message& request, Answer answer) {
  return ReadCaughtUpAt(rpc::AsAtOf(*context), projectors, context, request, std::move(answer));
}

}  // namespace ccfa::insight
