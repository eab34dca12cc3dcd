#include "services/intake/intake_service.h"

#include "common/rpc/clock_list.h"
#include "common/rpc/commands.h"
#include "common/rpc/listing.h"
#include "services/intake/domain/decide.h"
#include "services/intake/run_sealed.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

using Reactor = IntakeService::Reactor;
using Context = IntakeService::Context;
using Receipt = IntakeService::Receipt;

Reactor* IntakeService::LogCall(Context* context, const v1::LogCallRequest* request,
                                Receipt* receipt) {
  if (!Callers::IsPersonal(*request))
    return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
  return RunSealed(engines_, callers_, context, request, receipt);
}

Reactor* IntakeService::AcknowledgeCall(Context* context, const v1::AcknowledgeCallRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::AcceptCall(Context* context, const v1::AcceptCallRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::DeclineCall(Context* context, const v1::DeclineCallRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::ReferCallToService(Context* context,
                                           const v1::ReferCallToServiceRequest* request,
                                           Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::ReferCallToCouncil(Context* context,
                                           const v1::ReferCallToCouncilRequest* request,
                                           Receipt* receipt) {
  absl::StatusOr<engine::Command> command = rpc::NewCommand(*context, *request);
  if (!command.ok()) return rpc::Submit(engines_, context, command.status(), receipt);
  absl::StatusOr<v1::ReferSealedCall> sealed = callers_.Reseal(*request);
  if (!sealed.ok()) return rpc::Submit(engines_, context, sealed.status(), receipt);
  command->decide = engine::DecisionOf<v1::Event, Tables>(*std::move(sealed));
  return rpc::Submit(engines_, context, std::move(command), receipt);
}

Reactor* IntakeService::AskForInformation(Context* context,
                                          const v1::AskForInformationRequest* request,
                                          Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::GiveInformation(Context* context, const v1::GiveInformationRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::WithdrawCall(Context* context, const v1::WithdrawCallRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::ClassifyCall(Context* context, const v1::ClassifyCallRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::RecordStanding(Context* context, const v1::RecordStandingRequest* request,
                                       Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::ProposeRuling(Context* context, const v1::ProposeRulingRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::ConfirmRuling(Context* context, const v1::ConfirmRulingRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::RejectRuling(Context* context, const v1::RejectRulingRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::AppealRuling(Context* context, const v1::AppealRulingRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::DecideAppeal(Context* context, const v1::DecideAppealRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::ParkCall(Context* context, const v1::ParkCallRequest* request,
                                 Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::RecallCall(Context* context, const v1::RecallCallRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::AnswerCaller(Context* context, const v1::AnswerCallerRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::TellCaller(Context* context, const v1::TellCallerRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::NoteReply(Context* context, const v1::NoteReplyRequest* request,
                                  Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::AssessHarm(Context* context, const v1::AssessHarmRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::ReportNotFixed(Context* context, const v1::ReportNotFixedRequest* request,
                                       Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::SayAffected(Context* context, const v1::SayAffectedRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::RecordExport(Context* context, const v1::RecordExportRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* IntakeService::GetCall(Context* context, const v1::GetCallRequest* request,
                                v1::Call* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::GetRow(tables.calls, "name", request->name(), "councils/*/calls/*", *reply);
  });
}

Reactor* IntakeService::ListClocks(Context* context, const v1::ListClocksRequest* request,
                                   v1::ListClocksResponse* reply) {
  return rpc::ListClocks<Tables>(engines_, context, *request, *reply);
}

}  // namespace ccfa::intake
