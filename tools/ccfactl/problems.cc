#include "ccfa/sara/v1/sara.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using sara::v1::SaraService;
using SaraStub = SaraService::Stub;

void AddProblems(CLI::App& app, Session& session) {
  CLI::App* problems =
      app.add_subcommand("problems", "Problems through scanning, analysis, response, assessment")
          ->require_subcommand(1);
  AddList<SaraService>(*problems, session, "list", "A council's problems, of a team or in a state",
                       &SaraStub::ListProblems, [](const auto& reply) { return reply.problems(); },
                       {"name", "state", "stage", "rung", "team", "title"});
  AddShow<SaraService>(*problems, session, "show", "One problem with all that is known of it",
                       &SaraStub::GetProblem);
  AddStep<SaraService>(*problems, session, "take-up", "The team takes it in hand; scanning starts",
                       &SaraStub::TakeUpProblem);
  AddStep<SaraService>(*problems, session, "refer", "A single service's business goes to it",
                       &SaraStub::ReferProblem);
  AddStep<SaraService>(*problems, session, "park", "Put a one-off aside until there is more of it",
                       &SaraStub::ParkProblem);
  AddStep<SaraService>(*problems, session, "attach", "Join another problem's call to this one",
                       &SaraStub::AttachCall);
  AddStep<SaraService>(*problems, session, "scan", "Record the CHEERS test", &SaraStub::RecordScan);
  AddStep<SaraService>(*problems, session, "source", "Add a source of data with its grade and gaps",
                       &SaraStub::AddSource, {"number"});
  AddStep<SaraService>(*problems, session, "analyse", "Record the problem analysis triangle",
                       &SaraStub::RecordAnalysis);
  AddShow<SaraService>(*problems, session, "check",
                       "What its gates lack, and which links hang loose", &SaraStub::CheckProblem);
  AddStep<SaraService>(*problems, session, "hypothesis", "Add a reason why it happens",
                       &SaraStub::AddHypothesis);
  AddStep<SaraService>(*problems, session, "reject", "Give a hypothesis up, with the reason",
                       &SaraStub::RejectHypothesis);
  AddStep<SaraService>(*problems, session, "objective", "Set a SMART objective",
                       &SaraStub::SetObjective);
  AddStep<SaraService>(*problems, session, "plan", "Plan the assessment and the exit",
                       &SaraStub::PlanAssessment);
  AddStep<SaraService>(*problems, session, "stage",
                       "Enter a stage, through its gate or back with a reason",
                       &SaraStub::EnterStage);
  AddStep<SaraService>(*problems, session, "assess", "Record process and impact, and the result",
                       &SaraStub::RecordAssessment, {"measured", "actions", "quality"});
  AddStep<SaraService>(*problems, session, "raise", "Raise it a rung, with the reason",
                       &SaraStub::RaiseProblem);
  AddStep<SaraService>(*problems, session, "commit", "The tasking group commits resources",
                       &SaraStub::CommitResources);
  AddStep<SaraService>(*problems, session, "send-back",
                       "The tasking group sends it back with an instruction",
                       &SaraStub::SendBackProblem);
  AddStep<SaraService>(*problems, session, "close", "Close it with what was done and why",
                       &SaraStub::CloseProblem);
  AddStep<SaraService>(*problems, session, "invite", "Ask another team to work it jointly",
                       &SaraStub::InviteTeam);
  AddStep<SaraService>(*problems, session, "join", "Accept an invitation, for the invited team",
                       &SaraStub::AcceptInvitation);
  AddStep<SaraService>(*problems, session, "decline-invitation",
                       "Decline an invitation, with the reason", &SaraStub::DeclineInvitation);
  AddShow<SaraService>(*problems, session, "similar", "Closed problems that are like it",
                       &SaraStub::ListSimilarSolved);
  AddStep<SaraService>(*problems, session, "sustain", "Record whether a solved one stays solved",
                       &SaraStub::RecordSustainCheck);

  AddStep<SaraService>(*problems, session, "prioritise", "Set what a team works on first",
                       &SaraStub::SetPriorities);
  AddShow<SaraService>(*problems, session, "priorities",
                       "A team's priorities, and the evidence for what it may choose from",
                       &SaraStub::ReviewPriorities);

  CLI::App* minutes = app.add_subcommand("minutes", "Meetings of neighbourhood action teams")
                          ->require_subcommand(1);
  AddStep<SaraService>(*minutes, session, "schedule", "Set a team's meeting",
                       &SaraStub::ScheduleTeamMeeting);
  AddShow<SaraService>(*minutes, session, "agenda",
                       "What it is to go through, from how things stand", &SaraStub::GetAgenda);
  AddStep<SaraService>(*minutes, session, "attend", "Record who is there",
                       &SaraStub::RecordAttendance);
  AddStep<SaraService>(*minutes, session, "decide", "Record what the team decided",
                       &SaraStub::RecordDecision);
  AddStep<SaraService>(*minutes, session, "close", "Close it with the action log",
                       &SaraStub::CloseTeamMeeting);
  AddShow<SaraService>(*minutes, session, "show", "One meeting with its minutes",
                       &SaraStub::GetTeamMeeting);
  AddList<SaraService>(*minutes, session, "list", "A team's meetings", &SaraStub::ListTeamMeetings,
                       [](const auto& reply) { return reply.meetings(); },
                       {"name", "state", "members_present", "quorum"});

  CLI::App* actions =
      app.add_subcommand("actions", "Actions asked of agencies")->require_subcommand(1);
  AddStep<SaraService>(*actions, session, "propose", "Ask an agency's officer for an action",
                       &SaraStub::ProposeAction,
                       {"state", "result", "overdue", "accepted_by", "extent", "holders"});
  AddStep<SaraService>(*actions, session, "accept", "Accept it, as the agency's officer",
                       &SaraStub::AcceptAction);
  AddStep<SaraService>(*actions, session, "decline",
                       "Decline it, with the reason; the problem is raised",
                       &SaraStub::DeclineAction);
  AddStep<SaraService>(*actions, session, "complete", "Say what came of it",
                       &SaraStub::CompleteAction);
  AddStep<SaraService>(*actions, session, "reassign", "Ask another officer or agency instead",
                       &SaraStub::ReassignAction);
  AddList<SaraService>(*actions, session, "list", "What an agency was asked for, by day",
                       &SaraStub::ListActions, [](const auto& reply) { return reply.actions(); },
                       {"name", "due_date", "officer", "state", "description"});
}

}  // namespace ccfa::ctl
