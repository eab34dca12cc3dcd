#include "services/sara/sara_service.h"

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/clock_list.h"
#include "common/rpc/commands.h"
#include "common/rpc/listing.h"
#include "services/sara/domain/agenda.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/gates.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/similar.h"
#include "services/sara/tables.h"
#include "services/sara/team_reads.h"

namespace ccfa::sara {
namespace {

constexpr char kMeetings[] = "councils/*/teams/*/meetings/*";
constexpr int kMostSimilar = 50, kUsualSimilar = 10;

absl::Status CheckList(const v1::ListProblemsRequest& request) {
  absl::Status status = CheckName("parent", request.parent(), "councils/*");
  if (!request.team().empty()) {
    status.Update(CheckName("team", request.team(), "councils/*/teams/*"));
  }
  if (!v1::ProblemState_IsValid(request.state())) {
    status.Update(InvalidField("state", "is not a problem's state"));
  }
  return status;
}

}  // namespace

using Reactor = SaraService::Reactor;
using Context = SaraService::Context;
using Receipt = SaraService::Receipt;

Reactor* SaraService::TakeUpProblem(Context* context, const v1::TakeUpProblemRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::ReferProblem(Context* context, const v1::ReferProblemRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::ParkProblem(Context* context, const v1::ParkProblemRequest* request,
                                  Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::AttachCall(Context* context, const v1::AttachCallRequest* request,
                                 Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::RecordScan(Context* context, const v1::RecordScanRequest* request,
                                 Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::AddSource(Context* context, const v1::AddSourceRequest* request,
                                Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::RecordAnalysis(Context* context, const v1::RecordAnalysisRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::AddHypothesis(Context* context, const v1::AddHypothesisRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::RejectHypothesis(Context* context, const v1::RejectHypothesisRequest* request,
                                       Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::SetObjective(Context* context, const v1::SetObjectiveRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::PlanAssessment(Context* context, const v1::PlanAssessmentRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::EnterStage(Context* context, const v1::EnterStageRequest* request,
                                 Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::ProposeAction(Context* context, const v1::ProposeActionRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::AcceptAction(Context* context, const v1::AcceptActionRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::DeclineAction(Context* context, const v1::DeclineActionRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::CompleteAction(Context* context, const v1::CompleteActionRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::ReassignAction(Context* context, const v1::ReassignActionRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::RecordAssessment(Context* context, const v1::RecordAssessmentRequest* request,
                                       Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::RaiseProblem(Context* context, const v1::RaiseProblemRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::CommitResources(Context* context, const v1::CommitResourcesRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::SendBackProblem(Context* context, const v1::SendBackProblemRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::CloseProblem(Context* context, const v1::CloseProblemRequest* request,
                                   Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::InviteTeam(Context* context, const v1::InviteTeamRequest* request,
                                 Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::AcceptInvitation(Context* context, const v1::AcceptInvitationRequest* request,
                                       Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::DeclineInvitation(Context* context,
                                        const v1::DeclineInvitationRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::SetPriorities(Context* context, const v1::SetPrioritiesRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::ScheduleTeamMeeting(Context* context,
                                          const v1::ScheduleTeamMeetingRequest* request,
                                          Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::RecordAttendance(Context* context, const v1::RecordAttendanceRequest* request,
                                       Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::RecordDecision(Context* context, const v1::RecordDecisionRequest* request,
                                     Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::CloseTeamMeeting(Context* context, const v1::CloseTeamMeetingRequest* request,
                                       Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::RecordSustainCheck(Context* context,
                                         const v1::RecordSustainCheckRequest* request,
                                         Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* SaraService::GetProblem(Context* context, const v1::GetProblemRequest* request,
                                 v1::Problem* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::GetRow(tables.problems, "name", request->name(), "councils/*/problems/*", *reply);
  });
}

Reactor* SaraService::CheckProblem(Context* context, const v1::CheckProblemRequest* request,
                                   v1::ProblemCheck* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    v1::Problem problem;
    absl::Status found =
        rpc::GetRow(tables.problems, "name", request->name(), "councils/*/problems/*", problem);
    if (found.ok()) *reply = CheckOf(problem, *PolicyOf(tables, CouncilOf(problem.name())));
    return found;
  });
}

Reactor* SaraService::ListSimilarSolved(Context* context,
                                        const v1::ListSimilarSolvedRequest* request,
                                        v1::ListSimilarSolvedResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    if (request->page_size() < 0 || request->page_size() > kMostSimilar) {
      return InvalidField("page_size", absl::StrCat("is 0 to ", kMostSimilar));
    }
    v1::Problem problem;
    absl::Status found =
        rpc::GetRow(tables.problems, "name", request->name(), "councils/*/problems/*", problem);
    if (!found.ok()) return found;
    int most = request->page_size() == 0 ? kUsualSimilar : request->page_size();
    for (v1::SimilarProblem& similar : SimilarSolved(tables, problem, most)) {
      *reply->add_problems() = std::move(similar);
    }
    return absl::OkStatus();
  });
}

Reactor* SaraService::ReviewPriorities(Context* context, const v1::ReviewPrioritiesRequest* request,
                                       v1::ReviewPrioritiesResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request,
                           [&](const Tables& tables) { return Answer(tables, *request, *reply); });
}

Reactor* SaraService::GetTeamMeeting(Context* context, const v1::GetTeamMeetingRequest* request,
                                     v1::TeamMeeting* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::GetRow(tables.meetings, "name", request->name(), kMeetings, *reply);
  });
}

Reactor* SaraService::ListTeamMeetings(Context* context, const v1::ListTeamMeetingsRequest* request,
                                       v1::ListTeamMeetingsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status form = CheckName("name", request->name(), "councils/*/teams/*");
    if (!form.ok()) return form;
    return rpc::ListRows(tables.meetings, request->name() + "/meetings/", *request, *reply,
                         [&] { return reply->add_meetings(); });
  });
}

Reactor* SaraService::GetAgenda(Context* context, const v1::GetAgendaRequest* request,
                                v1::Agenda* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    v1::TeamMeeting meeting;
    absl::Status found = rpc::GetRow(tables.meetings, "name", request->name(), kMeetings, meeting);
    if (found.ok()) *reply = AgendaOf(tables, request->name());
    return found;
  });
}

Reactor* SaraService::ListProblems(Context* context, const v1::ListProblemsRequest* request,
                                   v1::ListProblemsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    if (absl::Status list = CheckList(*request); !list.ok()) return list;
    return rpc::ListIndex(tables.problems, kProblemsByList,
                          ListOf(CouncilOf(request->parent()), request->team(), request->state()),
                          *request, *reply, [&] { return reply->add_problems(); });
  });
}

Reactor* SaraService::ListActions(Context* context, const v1::ListActionsRequest* request,
                                  v1::ListActionsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request,
                           [&](const Tables& tables) { return Answer(tables, *request, *reply); });
}

Reactor* SaraService::ListClocks(Context* context, const v1::ListClocksRequest* request,
                                 v1::ListClocksResponse* reply) {
  return rpc::ListClocks<Tables>(engines_, context, *request, *reply);
}

}  // namespace ccfa::sara
