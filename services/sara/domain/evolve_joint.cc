#include "services/sara/domain/change.h"
#include "services/sara/domain/on.h"

namespace ccfa::sara {

using v1::Problem;

namespace {

/// Answers the invitation of a team that waits.
void Answer(Problem& problem, absl::string_view team, v1::InvitationState state,
            const std::string& answer) {
  for (v1::Invitation& invitation : *problem.mutable_invitations()) {
    if (invitation.team() != team || invitation.state() != v1::INVITATION_STATE_WAITING) continue;
    invitation.set_state(state);
    invitation.set_answer(answer);
  }
}

}  // namespace

void On(Tables& tables, const v1::TeamInvited& invited, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    v1::Invitation& invitation = *problem.add_invitations();
    invitation.set_team(invited.team());
    invitation.set_reason(invited.reason());
    invitation.set_state(v1::INVITATION_STATE_WAITING);
    *invitation.mutable_invite_time() = record.time();
    Remember(problem, record, absl::StrCat("invited ", invited.team()), invited.reason());
  });
}

void On(Tables& tables, const v1::InvitationAccepted& accepted, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    Answer(problem, accepted.team(), v1::INVITATION_STATE_ACCEPTED, "");
    problem.set_joint_team(accepted.team());
    Remember(problem, record, absl::StrCat(accepted.team(), " joined in"), "");
  });
}

void On(Tables& tables, const v1::InvitationDeclined& declined, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    Answer(problem, declined.team(), v1::INVITATION_STATE_DECLINED, declined.reason());
    Remember(problem, record, absl::StrCat(declined.team(), " did not join in"), declined.reason());
  });
}

}  // namespace ccfa::sara
