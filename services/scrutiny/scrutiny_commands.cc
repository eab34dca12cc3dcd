#include "common/rpc/commands.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/scrutiny_service.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

using Reactor = ScrutinyService::Reactor;
using Context = ScrutinyService::Context;
using Receipt = ScrutinyService::Receipt;

Reactor* ScrutinyService::ScheduleMeeting(Context* context,
                                          const v1::ScheduleMeetingRequest* request,
                                          Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::RecordPartnershipConsidered(
    Context* context, const v1::RecordPartnershipConsideredRequest* request, Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::PlaceOnAgenda(Context* context, const v1::PlaceOnAgendaRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::DecideReferral(Context* context, const v1::DecideReferralRequest* request,
                                         Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::MakeRecommendation(Context* context,
                                             const v1::MakeRecommendationRequest* request,
                                             Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::RespondToRecommendation(Context* context,
                                                  const v1::RespondToRecommendationRequest* request,
                                                  Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::ChaseRecipient(Context* context, const v1::ChaseRecipientRequest* request,
                                         Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::UpdateRecommendation(Context* context,
                                               const v1::UpdateRecommendationRequest* request,
                                               Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::CompleteRecommendation(Context* context,
                                                 const v1::CompleteRecommendationRequest* request,
                                                 Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::CloseReferral(Context* context, const v1::CloseReferralRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::ScopeReview(Context* context, const v1::ScopeReviewRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::DeclareInterest(Context* context,
                                          const v1::DeclareInterestRequest* request,
                                          Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::CoOptMember(Context* context, const v1::CoOptMemberRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::JoinCommittee(Context* context, const v1::JoinCommitteeRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::CallWitness(Context* context, const v1::CallWitnessRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::RequestInformation(Context* context,
                                             const v1::RequestInformationRequest* request,
                                             Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::AnswerInformationRequest(
    Context* context, const v1::AnswerInformationRequestRequest* request, Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::RefuseInformationRequest(
    Context* context, const v1::RefuseInformationRequestRequest* request, Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::RequestAttendance(Context* context,
                                            const v1::RequestAttendanceRequest* request,
                                            Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::AnswerAttendanceRequest(Context* context,
                                                  const v1::AnswerAttendanceRequestRequest* request,
                                                  Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::RecordSession(Context* context, const v1::RecordSessionRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::AddReviewEvidence(Context* context,
                                            const v1::AddReviewEvidenceRequest* request,
                                            Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* ScrutinyService::PublishReport(Context* context, const v1::PublishReportRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

}  // namespace ccfa::scrutiny
