#pragma once

#include "ccfa/intake/v1/caller.grpc.pb.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"
#include "services/intake/callers.h"

namespace ccfa::intake {

/// Who called, gRPC in and out: what is personal is sealed on the way in, and opened on the way out
/// after the event that says so is durable. The engines and `callers` outlive it.
class CallerService final : public v1::CallerService::CallbackService {
 public:
  CallerService(engine::Engines engines, const Callers& callers)
      : engines_(std::move(engines)), callers_(callers) {}

  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;
  using Receipt = record::v1::Receipt;

  Reactor* ChangeCaller(Context*, const v1::ChangeCallerRequest*, Receipt*) override;
  Reactor* RecordConsent(Context*, const v1::RecordConsentRequest*, Receipt*) override;
  Reactor* WithdrawConsent(Context*, const v1::WithdrawConsentRequest*, Receipt*) override;
  Reactor* OpenCaller(Context*, const v1::OpenCallerRequest*, v1::OpenCallerResponse*) override;
  Reactor* EraseCaller(Context*, const v1::EraseCallerRequest*, Receipt*) override;
  Reactor* RotateKeys(Context*, const v1::RotateKeysRequest*, v1::RotateKeysResponse*) override;

 private:
  const engine::Engines engines_;
  const Callers& callers_;
};

}  // namespace ccfa::intake
