#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

absl::Status CheckMaySpeakForTeams(const Context& context) {
  if (context.actor.role == "coordinator" || context.actor.role == "administrator") {
    return absl::OkStatus();
  }
  return Forbidden("MAY_NOT_INVITE",
                   absl::StrCat("a coordinator or an administrator speaks for a team; you are ",
                                context.actor.ToString()));
}

absl::Status CheckNotJoint(const Problem& problem) {
  if (problem.joint_team().empty()) return absl::OkStatus();
  return Refuse(
      absl::StatusCode::kFailedPrecondition, "ALREADY_JOINT",
      absl::StrCat(problem.name(), " is worked by ", problem.team(), ", which leads, and ",
                   problem.joint_team(), "; a problem has two teams at most"));
}

bool IsInvited(const Problem& problem, absl::string_view team) {
  return absl::c_any_of(problem.invitations(), [&](const v1::Invitation& invitation) {
    return invitation.team() == team && invitation.state() == v1::INVITATION_STATE_WAITING;
  });
}

/// The problem a request names, when the team it names was invited and did not answer yet.
template <class Request>
absl::StatusOr<Problem> FindInvited(const Tables& tables, const Request& request,
                                    const Context& context) {
  if (absl::Status may = CheckMaySpeakForTeams(context); !may.ok()) return may;
  absl::Status form = CheckName("team", request.team(), "councils/*/teams/*");
  if (!form.ok()) return form;
  absl::StatusOr<Problem> problem =
      FindProblem(tables, "name", request.name(), request.etag(), kAnyOpen);
  if (!problem.ok() || IsInvited(*problem, request.team())) return problem;
  return Refuse(absl::StatusCode::kFailedPrecondition, "NOT_INVITED",
                absl::StrCat("no invitation of ", request.team(), " to ", request.name(),
                             " waits for an answer; ", problem->team(), " may invite it"));
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::InviteTeamRequest& request,
                             const Context& context) {
  if (absl::Status may = CheckMaySpeakForTeams(context); !may.ok()) return may;
  absl::Status asked = CheckName("team", request.team(), "councils/*/teams/*");
  asked.Update(Required("reason", request.reason()));
  if (!asked.ok()) return asked;
  absl::StatusOr<Problem> problem =
      FindProblem(tables, "name", request.name(), request.etag(), kAnyOpen);
  if (!problem.ok()) return problem.status();
  if (request.team() == problem->team()) return InvalidField("team", "has the problem already");
  if (CouncilOf(request.team()) != CouncilOf(request.name()) ||
      !tables.teams.Contains(request.team())) {
    return NotFound("team", request.team());
  }
  absl::Status status = CheckNotJoint(*problem);
  status.Update(CheckRoom("invitations", problem->invitations_size(), kMostInvitations));
  if (!status.ok()) return status;
  Event event;
  if (IsInvited(*problem, request.team())) return event;
  event.mutable_team_invited()->set_name(request.name());
  event.mutable_team_invited()->set_team(request.team());
  event.mutable_team_invited()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AcceptInvitationRequest& request,
                             const Context& context) {
  absl::StatusOr<Problem> problem = FindInvited(tables, request, context);
  if (!problem.ok()) return problem.status();
  if (absl::Status free = CheckNotJoint(*problem); !free.ok()) return free;
  Event event;
  event.mutable_invitation_accepted()->set_name(request.name());
  event.mutable_invitation_accepted()->set_team(request.team());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::DeclineInvitationRequest& request,
                             const Context& context) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Problem> problem = FindInvited(tables, request, context);
  if (!problem.ok()) return problem.status();
  Event event;
  event.mutable_invitation_declined()->set_name(request.name());
  event.mutable_invitation_declined()->set_team(request.team());
  event.mutable_invitation_declined()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const KnowTeam& know, const Context&) {
  Event event;
  auto known = tables.teams.Get(know.team.name());
  if (known && known->team().SerializeAsString() == know.team.SerializeAsString()) return event;
  event.mutable_team_known()->set_name(know.team.name());
  *event.mutable_team_known()->mutable_team() = know.team;
  return event;
}

}  // namespace ccfa::sara
