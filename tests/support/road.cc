#include "tests/support/road.h"

#include "absl/time/civil_time.h"
#include "tests/support/calendar.h"
#include "tests/support/requests.h"

namespace ccfa::test_support {

void NextDayAtNine(Town& town, int days) {
  absl::CivilDay day = EnglandAndWales().DayOf(town.Now()) + days;
  town.LiveUntil(London(static_cast<int>(day.year()), day.month(), day.day(), 9));
}

std::string DayAhead(const Town& town, int days) {
  return absl::FormatCivilTime(EnglandAndWales().DayOf(town.Now()) + days);
}

std::string LogAndAccept(Town& town, const intake::v1::LogCallRequest& request) {
  std::string call = town.Do(request, kCouncillor);
  town.Do(Acceptance(call, "it persists, and the service alone did not end it"), kCoordinator);
  return call;
}

std::string ProblemOf(Town& town, const std::string& call) {
  return town.Story(call).problem();
}

void TakeUp(Town& town, const std::string& problem) {
  sara::v1::TakeUpProblemRequest request;
  request.set_name(problem);
  town.Do(request, kCoordinator);
}

void ScanAndEnterAnalysis(Town& town, const std::string& problem) {
  town.Do(FullScan(problem), kCoordinator);
  town.Do(Entry(problem, sara::v1::STAGE_ANALYSIS), kCoordinator);
}

void AnalyseAndEnterResponse(Town& town, const std::string& problem) {
  town.Do(Source(problem, "collection-records"), kCoordinator);
  town.Do(Source(problem, "site-visit"), kCoordinator);
  town.Do(FullAnalysis(problem), kCoordinator);
  town.Do(Hypothesis(problem), kCoordinator);
  town.Do(Objective(problem, DayAhead(town, 90)), kCoordinator);
  town.Do(Plan(problem), kCoordinator);
  town.Do(Entry(problem, sara::v1::STAGE_RESPONSE), kCoordinator);
}

std::string ProblemInResponse(Town& town) {
  std::string problem = ProblemOf(town, LogAndAccept(town));
  TakeUp(town, problem);
  ScanAndEnterAnalysis(town, problem);
  AnalyseAndEnterResponse(town, problem);
  return problem;
}

std::string ProposeAction(Town& town, const std::string& problem, const std::string& agency) {
  return town.Do(Proposal(problem, agency, DayAhead(town, 21)), kCoordinator);
}

void AcceptAction(Town& town, const std::string& action, const std::string& officer) {
  sara::v1::AcceptActionRequest request;
  request.set_name(action);
  town.Do(request, officer);
}

void DeclineAction(Town& town, const std::string& action, const std::string& officer) {
  sara::v1::DeclineActionRequest request;
  request.set_name(action);
  request.set_reason("no officer is free before spring");
  town.Do(request, officer);
}

void CompleteAction(Town& town, const std::string& action, const std::string& officer) {
  sara::v1::CompleteActionRequest request;
  request.set_name(action);
  request.set_result("eleven contracts seen, four missing");
  town.Do(request, officer);
}

void SolveAndClose(Town& town, const std::string& problem) {
  std::string action = ProposeAction(town, problem, kPolice);
  AcceptAction(town, action, kPoliceOfficer);
  CompleteAction(town, action, kPoliceOfficer);
  town.Do(Entry(problem, sara::v1::STAGE_ASSESSMENT), kCoordinator);
  town.Do(Assessment(problem, sara::v1::RESULT_REDUCED), kCoordinator);
  auto close = About<sara::v1::CloseProblemRequest>(problem);
  close.set_done("the yard is gated and lit");
  close.set_why("no report for a month");
  town.Do(close, kCoordinator);
}

void RaiseToScrutiny(Town& town, const std::string& problem) {
  sara::v1::RaiseProblemRequest request;
  request.set_name(problem);
  request.set_to(sara::v1::RUNG_SCRUTINY);
  request.set_reason("two rungs could not end it");
  town.Do(request, kCouncillor);
}

std::string ScheduleMeeting(Town& town, int days_ahead) {
  return town.Do(Meeting(kCouncil, DayAhead(town, days_ahead)), kScrutiny);
}

}  // namespace ccfa::test_support
