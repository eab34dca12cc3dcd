#include "tests/support/golden_sara.h"

#include "absl/strings/str_format.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

/// A hypothesis that another replaces, and one that is given up.
void ChangeItsMind(Town& town) {
  std::string problem = ProblemOf(town, LogAndAccept(town));
  TakeUp(town, problem);
  ScanAndEnterAnalysis(town, problem);
  town.Do(Hypothesis(problem), kCoordinator);
  sara::v1::AddHypothesisRequest better = Hypothesis(problem);
  better.set_replaces(1);
  town.Do(better, kCoordinator);
  sara::v1::RejectHypothesisRequest reject;
  reject.set_name(problem);
  reject.set_number(2);
  reject.set_reason("the yard is locked at night");
  town.Do(reject, kCoordinator);
}

sara::v1::CommitResourcesRequest Commitment(const Town& town, const std::string& problem) {
  sara::v1::CommitResourcesRequest request;
  request.set_name(problem);
  request.set_answer("the camera is paid for from the safer streets budget");
  sara::v1::Commitment& commitment = *request.add_commitments();
  commitment.set_agency(kPolice);
  commitment.set_what("a camera over the yard");
  commitment.set_by_date(DayAhead(town, 60));
  commitment.set_officer("reid");
  return request;
}

void RaiseToTaskingGroup(Town& town, const std::string& problem) {
  sara::v1::RaiseProblemRequest request;
  request.set_name(problem);
  request.set_reason("no agency has the money");
  town.Do(request, kCoordinator);
}

/// What the tasking group may answer, and an action that goes from one officer to another.
void AskTheTaskingGroup(Town& town) {
  std::string problem = ProblemInResponse(town);
  RaiseToTaskingGroup(town, problem);
  sara::v1::SendBackProblemRequest send_back;
  send_back.set_name(problem);
  send_back.set_instruction("ask the landlord first");
  town.Do(send_back, kTasking);
  RaiseToTaskingGroup(town, problem);
  town.Do(Commitment(town, problem), kTasking);
  std::string action = ProposeAction(town, problem, kPolice);
  AcceptAction(town, action, kPoliceOfficer);
  sara::v1::ReassignActionRequest reassign;
  reassign.set_name(action);
  reassign.set_agency(kHousing);
  reassign.set_officer("shah");
  reassign.set_reason("the yard is the landlord's");
  town.Do(reassign, kCoordinator);
  AcceptAction(town, action, kHousingOfficer);
}

std::string LogOf(Town& town, const std::string& category) {
  intake::v1::LogCallRequest request = NewCall();
  request.mutable_details()->set_category(category);
  request.mutable_details()->set_happened(DayAhead(town, -1));
  return LogAndAccept(town, request);
}

void CheckThatItHolds(Town& town, const std::string& problem, bool holds) {
  sara::v1::RecordSustainCheckRequest check;
  check.set_name(problem);
  check.set_holds(holds);
  check.set_note("the yard was walked on a Monday");
  town.Do(check, kCoordinator);
}

/// Solved, watched, and back by a call nearby.
void ComeBack(Town& town) {
  std::string problem = ProblemOf(town, LogOf(town, "graffiti"));
  TakeUp(town, problem);
  ScanAndEnterAnalysis(town, problem);
  AnalyseAndEnterResponse(town, problem);
  SolveAndClose(town, problem);
  CheckThatItHolds(town, problem, true);
  LogOf(town, "graffiti");
}

/// A one-off that turns out to be none, and one that is a single service's.
void PutAside(Town& town) {
  std::string problem = ProblemOf(town, LogOf(town, "fireworks"));
  town.Do(WithReason<sara::v1::ParkProblemRequest>(problem, "it was one party"), kCoordinator);
  LogOf(town, "fireworks");
  auto refer = WithReason<sara::v1::ReferProblemRequest>(
      ProblemOf(town, LogOf(town, "street-light")), "one lamp");
  refer.set_service("highways");
  town.Do(refer, kCoordinator);
}

/// What intake says of a call after it was routed.
void ClassifyAndCount(Town& town) {
  std::string call = LogOf(town, "noise");
  auto classify = WithReason<intake::v1::ClassifyCallRequest>(call, "it is harassment");
  classify.set_regime(intake::v1::REGIME_BOTH);
  town.Do(classify, kCoordinator);
  auto affected = About<intake::v1::SayAffectedRequest>(call);
  affected.set_request_id("noise/1");
  town.Do(affected, kCouncillor);
}

/// One team invites another, which declines once and then joins in.
void JoinForces(Town& town) {
  std::string problem = ProblemOf(town, LogOf(town, "vandalism"));
  auto invite = WithReason<sara::v1::InviteTeamRequest>(problem, "half of it is in the south");
  invite.set_team(kSouthTeam);
  town.Do(invite, kCoordinator);
  auto decline = WithReason<sara::v1::DeclineInvitationRequest>(problem, "not before the spring");
  decline.set_team(kSouthTeam);
  town.Do(decline, kCoordinator);
  town.Do(invite, kCoordinator);
  auto accept = About<sara::v1::AcceptInvitationRequest>(problem);
  accept.set_team(kSouthTeam);
  town.Do(accept, kCoordinator);
}

/// What the team of the north works on first.
void SetPriorities(Town& town) {
  sara::v1::SetPrioritiesRequest request;
  request.set_name(kNorthTeam);
  sara::v1::PriorityChoice& choice = *request.add_selected();
  choice.set_problem(ProblemOf(town, LogOf(town, "knife-crime")));
  choice.set_rationale("one injury is too many");
  choice.set_votes(31);
  request.set_review_date(DayAhead(town, 90));
  request.set_answer_to_warnings("the south has a team of its own");
  for (int number = 1; number < 30; ++number) {
    std::string name = absl::StrFormat("%s/problems/2027-%06d", kCouncil, number);
    if (name == choice.problem()) break;
    sara::v1::Problem problem = town.ProblemNamed(name);
    bool stands = problem.state() == sara::v1::PROBLEM_STATE_QUEUED ||
                  problem.state() == sara::v1::PROBLEM_STATE_IN_HAND;
    if (!stands || problem.team() != kNorthTeam) continue;
    sara::v1::PriorityChoice& other = *request.add_not_selected();
    other.set_problem(name);
    other.set_rationale("nobody is hurt");
  }
  town.Do(request, kCoordinator);
}

/// The team of the north meets, decides and leaves something to do.
void Meet(Town& town) {
  sara::v1::ScheduleTeamMeetingRequest schedule;
  schedule.set_name(kNorthTeam);
  schedule.set_date(DayAhead(town, 3));
  std::string meeting = town.Do(schedule, kCoordinator);
  auto attend = About<sara::v1::RecordAttendanceRequest>(meeting);
  attend.add_present()->set_councillor(absl::StrCat(kCouncil, "/councillors/okafor"));
  for (const auto& [agency, officer] : {std::pair(kPolice, "reid"), std::pair(kHousing, "shah")}) {
    sara::v1::Attendee& attendee = *attend.add_present();
    attendee.set_agency(agency);
    attendee.set_officer(officer);
  }
  town.Do(attend, kCoordinator);
  auto decide = About<sara::v1::RecordDecisionRequest>(meeting);
  decide.set_text("the yard behind the shops comes first");
  town.Do(decide, kCoordinator);
  auto close = About<sara::v1::CloseTeamMeetingRequest>(meeting);
  sara::v1::LogItem& item = *close.add_items();
  item.set_what("ask the traders who clears their bins");
  item.set_who("reid");
  item.set_by_date(DayAhead(town, 10));
  town.Do(close, kCoordinator);
}

/// Three complaints of anti-social behaviour come together in one problem.
void MeetTheThreshold(Town& town) {
  std::string problem = ProblemOf(town, LogOf(town, "anti-social-behaviour"));
  for (int i = 0; i < 2; ++i) {
    auto attach = WithReason<sara::v1::AttachCallRequest>(problem, "the same people");
    attach.set_call(LogOf(town, "anti-social-behaviour"));
    town.Do(attach, kCoordinator);
  }
}

}  // namespace

void GoThroughSara(Town& town) {
  ChangeItsMind(town);
  AskTheTaskingGroup(town);
  ComeBack(town);
  PutAside(town);
  JoinForces(town);
  MeetTheThreshold(town);
  SetPriorities(town);
  Meet(town);
  ClassifyAndCount(town);
}

}  // namespace ccfa::test_support
