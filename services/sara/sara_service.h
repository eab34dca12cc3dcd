#pragma once

#include "ccfa/sara/v1/sara.grpc.pb.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"

namespace ccfa::sara {

/// gRPC in, gRPC out. The engines outlive it.
class SaraService final : public v1::SaraService::CallbackService {
 public:
  explicit SaraService(engine::Engines engines) : engines_(std::move(engines)) {}

  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;
  using Receipt = record::v1::Receipt;

  Reactor* TakeUpProblem(Context*, const v1::TakeUpProblemRequest*, Receipt*) override;
  Reactor* ReferProblem(Context*, const v1::ReferProblemRequest*, Receipt*) override;
  Reactor* ParkProblem(Context*, const v1::ParkProblemRequest*, Receipt*) override;
  Reactor* AttachCall(Context*, const v1::AttachCallRequest*, Receipt*) override;
  Reactor* RecordScan(Context*, const v1::RecordScanRequest*, Receipt*) override;
  Reactor* AddSource(Context*, const v1::AddSourceRequest*, Receipt*) override;
  Reactor* RecordAnalysis(Context*, const v1::RecordAnalysisRequest*, Receipt*) override;
  Reactor* AddHypothesis(Context*, const v1::AddHypothesisRequest*, Receipt*) override;
  Reactor* RejectHypothesis(Context*, const v1::RejectHypothesisRequest*, Receipt*) override;
  Reactor* SetObjective(Context*, const v1::SetObjectiveRequest*, Receipt*) override;
  Reactor* PlanAssessment(Context*, const v1::PlanAssessmentRequest*, Receipt*) override;
  Reactor* EnterStage(Context*, const v1::EnterStageRequest*, Receipt*) override;
  Reactor* ProposeAction(Context*, const v1::ProposeActionRequest*, Receipt*) override;
  Reactor* AcceptAction(Context*, const v1::AcceptActionRequest*, Receipt*) override;
  Reactor* DeclineAction(Context*, const v1::DeclineActionRequest*, Receipt*) override;
  Reactor* CompleteAction(Context*, const v1::CompleteActionRequest*, Receipt*) override;
  Reactor* ReassignAction(Context*, const v1::ReassignActionRequest*, Receipt*) override;
  Reactor* RecordAssessment(Context*, const v1::RecordAssessmentRequest*, Receipt*) override;
  Reactor* RaiseProblem(Context*, const v1::RaiseProblemRequest*, Receipt*) override;
  Reactor* CommitResources(Context*, const v1::CommitResourcesRequest*, Receipt*) override;
  Reactor* SendBackProblem(Context*, const v1::SendBackProblemRequest*, Receipt*) override;
  Reactor* CloseProblem(Context*, const v1::CloseProblemRequest*, Receipt*) override;
  Reactor* InviteTeam(Context*, const v1::InviteTeamRequest*, Receipt*) override;
  Reactor* AcceptInvitation(Context*, const v1::AcceptInvitationRequest*, Receipt*) override;
  Reactor* DeclineInvitation(Context*, const v1::DeclineInvitationRequest*, Receipt*) override;
  Reactor* SetPriorities(Context*, const v1::SetPrioritiesRequest*, Receipt*) override;
  Reactor* ScheduleTeamMeeting(Context*, const v1::ScheduleTeamMeetingRequest*, Receipt*) override;
  Reactor* RecordAttendance(Context*, const v1::RecordAttendanceRequest*, Receipt*) override;
  Reactor* RecordDecision(Context*, const v1::RecordDecisionRequest*, Receipt*) override;
  Reactor* CloseTeamMeeting(Context*, const v1::CloseTeamMeetingRequest*, Receipt*) override;
  Reactor* RecordSustainCheck(Context*, const v1::RecordSustainCheckRequest*, Receipt*) override;
  Reactor* GetProblem(Context*, const v1::GetProblemRequest*, v1::Problem*) override;
  Reactor* CheckProblem(Context*, const v1::CheckProblemRequest*, v1::ProblemCheck*) override;
  Reactor* ListSimilarSolved(Context*, const v1::ListSimilarSolvedRequest*,
                             v1::ListSimilarSolvedResponse*) override;
  Reactor* ReviewPriorities(Context*, const v1::ReviewPrioritiesRequest*,
                            v1::ReviewPrioritiesResponse*) override;
  Reactor* GetTeamMeeting(Context*, const v1::GetTeamMeetingRequest*, v1::TeamMeeting*) override;
  Reactor* ListTeamMeetings(Context*, const v1::ListTeamMeetingsRequest*,
                            v1::ListTeamMeetingsResponse*) override;
  Reactor* GetAgenda(Context*, const v1::GetAgendaRequest*, v1::Agenda*) override;
  Reactor* ListProblems(Context*, const v1::ListProblemsRequest*,
                        v1::ListProblemsResponse*) override;
  Reactor* ListActions(Context*, const v1::ListActionsRequest*, v1::ListActionsResponse*) override;
  Reactor* ListClocks(Context*, const v1::ListClocksRequest*, v1::ListClocksResponse*) override;

 private:
  const engine::Engines engines_;
};

}  // namespace ccfa::sara
