#include "ccfa/sara/v1/sara.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using sara::v1::SaraService;
using Stub = SaraService::Stub;

void AddProblems(CLI::App& app, Session& session) {
  CLI::App* problems =
      app.add_subcommand("problems", "Problems through scanning, analysis, response, assessment")
          ->require_subcommand(1);
  AddList<SaraService>(*problems, session, "list", "A council's problems, of a team or in a state",
                       &Stub::ListProblems, [](const auto& reply) { return reply.problems(); },
                       {"name", "state", "stage", "rung", "team", "title"});
  AddShow<SaraService>(*problems, session, "show", "One problem with all that is known of it",
                       &Stub::GetProblem);
  AddStep<SaraService>(*problems, session, "take-up", "The team takes it in hand; scanning starts",
                       &Stub::TakeUpProblem);
  AddStep<SaraService>(*problems, session, "refer", "A single service's business goes to it",
                       &Stub::ReferProblem);
  AddStep<SaraService>(*problems, session, "park", "Put a one-off aside until there is more of it",
                       &Stub::ParkProblem);
  AddStep<SaraService>(*problems, session, "attach", "Join another problem's call to this one",
                       &Stub::AttachCall);
  AddStep<SaraService>(*problems, session, "scan", "Record the CHEERS test", &Stub::RecordScan);
  AddStep<SaraService>(*problems, session, "source", "Add a source of data with its grade and gaps",
                       &Stub::AddSource, {"number"});
  AddStep<SaraService>(*problems, session, "analyse", "Record the problem analysis triangle",
                       &Stub::RecordAnalysis);
  AddShow<SaraService>(*problems, session, "check",
                       "What its gates lack, and which links hang loose", &Stub::CheckProblem);
  AddStep<SaraService>(*problems, session, "hypothesis", "Add a reason why it happens",
                       &Stub::AddHypothesis);
  AddStep<SaraService>(*problems, session, "reject", "Give a hypothesis up, with the reason",
                       &Stub::RejectHypothesis);
  AddStep<SaraService>(*problems, session, "objective", "Set a SMART objective",
                       &Stub::SetObjective);
  AddStep<SaraService>(*problems, session, "plan", "Plan the assessment and the exit",
                       &Stub::PlanAssessment);
  AddStep<SaraService>(*problems, session, "stage",
                       "Enter a stage, through its gate or back with a reason", &Stub::EnterStage);
  AddStep<SaraService>(*problems, session, "assess", "Record process and impact, and the result",
                       &Stub::RecordAssessment, {"measured", "actions", "quality"});
  AddStep<SaraService>(*problems, session, "raise", "Raise it a rung, with the reason",
                       &Stub::RaiseProblem);
  AddStep<SaraService>(*problems, session, "commit", "The tasking group commits resources",
                       &Stub::CommitResources);
  AddStep<SaraService>(*problems, session, "send-back",
                       "The tasking group sends it back with an instruction",
                       &Stub::SendBackProblem);
  AddStep<SaraService>(*problems, session, "close", "Close it with what was done and why",
                       &Stub::CloseProblem);
  AddStep<SaraService>(*problems, session, "invite", "Ask another team to work it jointly",
                       &Stub::InviteTeam);
  AddStep<SaraService>(*problems, session, "join", "Accept an invitation, for the invited team",
                       &Stub::AcceptInvitation);
  AddStep<SaraService>(*problems, session, "decline-invitation",
                       "Decline an invitation, with the reason", &Stub::DeclineInvitation);
  AddShow<SaraService>(*problems, session, "similar", "Closed problems that are like it",
                       &Stub::ListSimilarSolved);
  AddStep<SaraService>(*problems, session, "sustain", "Record whether a solved one stays solved",
                       &Stub::RecordSustainCheck);

  AddStep<SaraService>(*problems, session, "prioritise", "Set what a team works on first",
                       &Stub::SetPriorities);
  AddShow<SaraService>(*problems, session, "priorities",
                       "A team's priorities, and the evidence for what it may choose from",
                       &Stub::ReviewPriorities);

  CLI::App* minutes = app.add_subcommand("minutes", "Meetings of neighbourhood action teams")
                          ->require_subcommand(1);
  AddStep<SaraService>(*minutes, session, "schedule", "Set a team's meeting",
                       &Stub::ScheduleTeamMeeting);
  AddShow<SaraService>(*minutes, session, "agenda",
                       "What it is to go through, from how things stand", &Stub::GetAgenda);
  AddStep<SaraService>(*minutes, session, "attend", "Record who is there", &Stub::RecordAttendance);
  AddStep<SaraService>(*minutes, session, "decide", "Record what the team decided",
                       &Stub::RecordDecision);
  AddStep<SaraService>(*minutes, session, "close", "Close it with the action log",
                       &Stub::CloseTeamMeeting);
  AddShow<SaraService>(*minutes, session, "show", "One meeting with its minutes",
                       &Stub::GetTeamMeeting);
  AddList<SaraService>(*minutes, session, "list", "A team's meetings", &Stub::ListTeamMeetings,
                       [](const auto& reply) { return reply.meetings(); },
                       {"name", "state", "members_present", "quorum"});

  CLI::App* actions =
      app.add_subcommand("actions", "Actions asked of agencies")->require_subcommand(1);
  AddStep<SaraService>(*actions, session, "propose", "Ask an agency's officer for an action",
                       &Stub::ProposeAction,
                       {"state", "result", "overdue", "accepted_by", "extent", "holders"});
  AddStep<SaraService>(*actions, session, "accept", "Accept it, as the agency's officer",
                       &Stub::AcceptAction);
  AddStep<SaraService>(*actions, session, "decline",
                       "Decline it, with the reason; the problem is raised", &Stub::DeclineAction);
  AddStep<SaraService>(*actions, session, "complete", "Say what came of it", &Stub::CompleteAction);
  AddStep<SaraService>(*actions, session, "reassign", "Ask another officer or agency instead",
                       &Stub::ReassignAction);
}

}  // namespace ccfa::ctl
