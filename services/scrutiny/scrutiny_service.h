#pragma once

#include "ccfa/scrutiny/v1/scrutiny.grpc.pb.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"

namespace ccfa::scrutiny {

/// gRPC in, gRPC out. The engines outlive it.
class ScrutinyService final : public v1::ScrutinyService::CallbackService {
 public:
  explicit ScrutinyService(engine::Engines engines) : engines_(std::move(engines)) {}

  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;
  using Receipt = record::v1::Receipt;

  Reactor* ScheduleMeeting(Context*, const v1::ScheduleMeetingRequest*, Receipt*) override;
  Reactor* RecordPartnershipConsidered(Context*, const v1::RecordPartnershipConsideredRequest*,
                                       Receipt*) override;
  Reactor* PlaceOnAgenda(Context*, const v1::PlaceOnAgendaRequest*, Receipt*) override;
  Reactor* DecideReferral(Context*, const v1::DecideReferralRequest*, Receipt*) override;
  Reactor* MakeRecommendation(Context*, const v1::MakeRecommendationRequest*, Receipt*) override;
  Reactor* RespondToRecommendation(Context*, const v1::RespondToRecommendationRequest*,
                                   Receipt*) override;
  Reactor* ChaseRecipient(Context*, const v1::ChaseRecipientRequest*, Receipt*) override;
  Reactor* UpdateRecommendation(Context*, const v1::UpdateRecommendationRequest*,
                                Receipt*) override;
  Reactor* CompleteRecommendation(Context*, const v1::CompleteRecommendationRequest*,
                                  Receipt*) override;
  Reactor* CloseReferral(Context*, const v1::CloseReferralRequest*, Receipt*) override;
  Reactor* ScopeReview(Context*, const v1::ScopeReviewRequest*, Receipt*) override;
  Reactor* DeclareInterest(Context*, const v1::DeclareInterestRequest*, Receipt*) override;
  Reactor* CoOptMember(Context*, const v1::CoOptMemberRequest*, Receipt*) override;
  Reactor* JoinCommittee(Context*, const v1::JoinCommitteeRequest*, Receipt*) override;
  Reactor* CallWitness(Context*, const v1::CallWitnessRequest*, Receipt*) override;
  Reactor* RequestInformation(Context*, const v1::RequestInformationRequest*, Receipt*) override;
  Reactor* AnswerInformationRequest(Context*, const v1::AnswerInformationRequestRequest*,
                                    Receipt*) override;
  Reactor* RefuseInformationRequest(Context*, const v1::RefuseInformationRequestRequest*,
                                    Receipt*) override;
  Reactor* RequestAttendance(Context*, const v1::RequestAttendanceRequest*, Receipt*) override;
  Reactor* AnswerAttendanceRequest(Context*, const v1::AnswerAttendanceRequestRequest*,
                                   Receipt*) override;
  Reactor* RecordSession(Context*, const v1::RecordSessionRequest*, Receipt*) override;
  Reactor* AddReviewEvidence(Context*, const v1::AddReviewEvidenceRequest*, Receipt*) override;
  Reactor* PublishReport(Context*, const v1::PublishReportRequest*, Receipt*) override;
  Reactor* GetReferral(Context*, const v1::GetReferralRequest*, v1::Referral*) override;
  Reactor* ListReferrals(Context*, const v1::ListReferralsRequest*,
                         v1::ListReferralsResponse*) override;
  Reactor* GetRecommendation(Context*, const v1::GetRecommendationRequest*,
                             v1::Recommendation*) override;
  Reactor* ListRecommendations(Context*, const v1::ListRecommendationsRequest*,
                               v1::ListRecommendationsResponse*) override;
  Reactor* GetReview(Context*, const v1::GetReviewRequest*, v1::Review*) override;
  Reactor* ListReviews(Context*, const v1::ListReviewsRequest*, v1::ListReviewsResponse*) override;
  Reactor* ListMeetings(Context*, const v1::ListMeetingsRequest*,
                        v1::ListMeetingsResponse*) override;
  Reactor* GetAgenda(Context*, const v1::GetAgendaRequest*, v1::Agenda*) override;
  Reactor* ListOverdue(Context*, const v1::ListOverdueRequest*, v1::ListOverdueResponse*) override;
  Reactor* ListClocks(Context*, const v1::ListClocksRequest*, v1::ListClocksResponse*) override;

 private:
  const engine::Engines engines_;
};

}  // namespace ccfa::scrutiny
