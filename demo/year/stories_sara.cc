// Stories with a team: two teams at once, agencies that decline, the tasking group, what returns.
#include "absl/strings/str_cat.h"
#include "demo/year/crowd.h"
#include "demo/year/requests.h"
#include "demo/year/stories.h"

namespace ccfa::year {

using test_support::About;
using test_support::WithReason;

Life JointProblem(Year& year) {
  co_await year.On(absl::CivilDay(2026, 4, 21));
  const Council& council = year.places().Of(kCollingbridge);
  Row row =
      StoryRow(year, kCollingbridge, 1, "illegal-races", "Car races over the ring road at night");
  std::string problem = year.town().Story(LogAndAccept(year, row)).problem();
  std::string own = year.town().ProblemNamed(problem).team();
  auto invite =
      WithReason<sara::v1::InviteTeamRequest>(problem, "half of the road is in their ward");
  for (const Ward& ward : council.wards) {
    if (ward.team != own) invite.set_team(ward.team);
  }
  year.Do(invite, council.coordinator);
  co_await year.Days(6);
  auto decline = WithReason<sara::v1::DeclineInvitationRequest>(problem, "not before our meeting");
  decline.set_team(invite.team());
  year.Do(decline, council.coordinator);
  co_await year.Days(14);
  year.Do(invite, council.coordinator);
  auto accept = About<sara::v1::AcceptInvitationRequest>(problem);
  accept.set_team(invite.team());
  year.Do(accept, council.coordinator);
  WorkThrough(year, problem);
}

Life DeclinedAction(Year& year) {
  co_await year.On(absl::CivilDay(2026, 5, 5));
  std::string problem = ProblemInResponse(
      year, StoryRow(year, kRiverton, 4, "begging", "Aggressive begging at the cash machines"));
  ProposeTo(year, problem, "police", 21);
  co_await year.Days(3);
  DeclineIt(year, LastAction(year, problem), "no officer is free before the autumn");
  // The tasking group has it now.
  WorkThrough(year, problem);
}

Life ThroughTheTaskingGroup(Year& year) {
  co_await year.On(absl::CivilDay(2026, 6, 2));
  const Council& council = year.places().Of(kRiverton);
  std::string problem = ProblemInResponse(
      year, StoryRow(year, kRiverton, 5, "derelict-site", "Children get into the derelict mill"));
  auto raise = WithReason<sara::v1::RaiseProblemRequest>(problem, "no agency here has the money");
  year.Do(raise, council.coordinator);
  co_await year.Days(7);
  auto back = About<sara::v1::SendBackProblemRequest>(problem);
  back.set_instruction("ask the owner of the mill first");
  year.Do(back, council.tasking);
  co_await year.Days(10);
  raise.set_reason("the owner is abroad and does not answer");
  year.Do(raise, council.coordinator);
  co_await year.Days(5);
  CommitTo(year, problem);
  ProposeTo(year, problem, "council", 40);
  AcceptIt(year, problem, LastAction(year, problem));
  co_await year.Days(12);
  auto reassign = WithReason<sara::v1::ReassignActionRequest>(
      LastAction(year, problem).name(), "the fire service has the powers to close it");
  reassign.set_agency(council.agencies.at("fire"));
  reassign.set_officer(council.OfficerIdOf(reassign.agency()));
  year.Do(reassign, council.coordinator);
  WorkThrough(year, problem);
}

Life SolvedAndComesBack(Year& year) {
  co_await year.On(absl::CivilDay(2026, 1, 20));
  Row row = StoryRow(year, kCollingbridge, 2, "arson", "Bins set on fire behind the youth centre");
  std::string problem = ProblemInResponse(year, row);
  co_await year.Days(4);
  ProposeTo(year, problem, "police", 21);
  AcceptIt(year, problem, LastAction(year, problem));
  co_await year.Days(10);
  CompleteIt(year, problem, LastAction(year, problem));
  AssessIt(year, problem, sara::v1::RESULT_ELIMINATED);
  CloseIt(year, problem);
  co_await year.Days(30);
  auto check = About<sara::v1::RecordSustainCheckRequest>(problem);
  check.set_holds(true);
  check.set_note("the bins were walked on a Monday");
  year.Do(check, year.CouncilWith(problem).coordinator);
  co_await year.Days(45);
  row.details.set_happened(year.DayAhead(-1));
  LogAndAccept(year, row);
  co_await year.Days(1);
  WorkThrough(year, problem);
}

Life TeamMeetingNotQuorate(Year& year) {
  co_await year.On(absl::CivilDay(2026, 8, 18));
  const Council& council = year.places().Of(kSandford);
  auto schedule = About<sara::v1::ScheduleTeamMeetingRequest>(council.wards.back().team);
  schedule.set_date(year.DayAhead(1));
  std::string meeting = year.Do(schedule, council.coordinator);
  co_await year.Days(1);
  auto attend = About<sara::v1::RecordAttendanceRequest>(meeting);
  attend.add_present()->set_councillor(council.wards.back().councillors.front());
  year.Do(attend, council.coordinator);
  auto decide = About<sara::v1::RecordDecisionRequest>(meeting);
  decide.set_text("the team would rather meet in September");
  year.Refused(decide, council.coordinator, "NOT_QUORATE");
  year.Do(About<sara::v1::CloseTeamMeetingRequest>(meeting), council.coordinator);
}

}  // namespace ccfa::year
