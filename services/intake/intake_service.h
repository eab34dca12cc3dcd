#pragma once

#include "ccfa/intake/v1/intake.grpc.pb.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"
#include "services/intake/callers.h"

namespace ccfa::intake {

/// gRPC in, gRPC out. The engines outlive it.
class IntakeService final : public v1::IntakeService::CallbackService {
 public:
  /// What is personal in a request is sealed by `callers`, which outlives it.
  IntakeService(engine::Engines engines, const Callers& callers)
      : engines_(std::move(engines)), callers_(callers) {}

  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;
  using Receipt = record::v1::Receipt;

  Reactor* LogCall(Context*, const v1::LogCallRequest*, Receipt*) override;
  Reactor* AcknowledgeCall(Context*, const v1::AcknowledgeCallRequest*, Receipt*) override;
  Reactor* AcceptCall(Context*, const v1::AcceptCallRequest*, Receipt*) override;
  Reactor* DeclineCall(Context*, const v1::DeclineCallRequest*, Receipt*) override;
  Reactor* ReferCallToService(Context*, const v1::ReferCallToServiceRequest*, Receipt*) override;
  Reactor* ReferCallToCouncil(Context*, const v1::ReferCallToCouncilRequest*, Receipt*) override;
  Reactor* AskForInformation(Context*, const v1::AskForInformationRequest*, Receipt*) override;
  Reactor* GiveInformation(Context*, const v1::GiveInformationRequest*, Receipt*) override;
  Reactor* WithdrawCall(Context*, const v1::WithdrawCallRequest*, Receipt*) override;
  Reactor* ClassifyCall(Context*, const v1::ClassifyCallRequest*, Receipt*) override;
  Reactor* RecordStanding(Context*, const v1::RecordStandingRequest*, Receipt*) override;
  Reactor* ProposeRuling(Context*, const v1::ProposeRulingRequest*, Receipt*) override;
  Reactor* ConfirmRuling(Context*, const v1::ConfirmRulingRequest*, Receipt*) override;
  Reactor* RejectRuling(Context*, const v1::RejectRulingRequest*, Receipt*) override;
  Reactor* AppealRuling(Context*, const v1::AppealRulingRequest*, Receipt*) override;
  Reactor* DecideAppeal(Context*, const v1::DecideAppealRequest*, Receipt*) override;
  Reactor* ParkCall(Context*, const v1::ParkCallRequest*, Receipt*) override;
  Reactor* RecallCall(Context*, const v1::RecallCallRequest*, Receipt*) override;
  Reactor* AnswerCaller(Context*, const v1::AnswerCallerRequest*, Receipt*) override;
  Reactor* TellCaller(Context*, const v1::TellCallerRequest*, Receipt*) override;
  Reactor* NoteReply(Context*, const v1::NoteReplyRequest*, Receipt*) override;
  Reactor* AssessHarm(Context*, const v1::AssessHarmRequest*, Receipt*) override;
  Reactor* ReportNotFixed(Context*, const v1::ReportNotFixedRequest*, Receipt*) override;
  Reactor* SayAffected(Context*, const v1::SayAffectedRequest*, Receipt*) override;
  Reactor* RecordExport(Context*, const v1::RecordExportRequest*, Receipt*) override;
  Reactor* GetCall(Context*, const v1::GetCallRequest*, v1::Call*) override;
  Reactor* ListClocks(Context*, const v1::ListClocksRequest*, v1::ListClocksResponse*) override;

 private:
  const engine::Engines engines_;
  const Callers& callers_;
};

}  // namespace ccfa::intake
