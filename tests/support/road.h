#pragma once

#include <string>

#include "tests/support/place.h"
#include "tests/support/requests.h"
#include "tests/support/town.h"

namespace ccfa::test_support {

/// The steps of a call's road, each with everything its gate asks for. A refusal fails the test.

template <class Request>
Request About(const std::string& name) {
  Request request;
  request.set_name(name);
  return request;
}
template <class Request>
Request WithReason(const std::string& name, const std::string& reason) {
  Request request = About<Request>(name);
  request.set_reason(reason);
  return request;
}

/// So many days later, at nine in the morning: what people do stands at a full hour.
void NextDayAtNine(Town& town, int days = 1);

/// So many days from today: YYYY-MM-DD.
std::string DayAhead(const Town& town, int days);

/// Logs a call and accepts it; gives its name.
std::string LogAndAccept(Town& town, const intake::v1::LogCallRequest& request = NewCall());
/// The problem that a routed call is part of.
std::string ProblemOf(Town& town, const std::string& call);
void TakeUp(Town& town, const std::string& problem);
/// From scanning to analysis, from analysis to response.
void ScanAndEnterAnalysis(Town& town, const std::string& problem);
void AnalyseAndEnterResponse(Town& town, const std::string& problem);
/// Logged, accepted, taken up and brought to response; gives the problem's name.
std::string ProblemInResponse(Town& town);
/// Asks an agency for an action, due in three weeks; gives the action's name.
std::string ProposeAction(Town& town, const std::string& problem, const std::string& agency);
void AcceptAction(Town& town, const std::string& action, const std::string& officer);
void DeclineAction(Town& town, const std::string& action, const std::string& officer);
void CompleteAction(Town& town, const std::string& action, const std::string& officer);
/// From response to closed, with one action done and its result measured.
void SolveAndClose(Town& town, const std::string& problem);
void RaiseToScrutiny(Town& town, const std::string& problem);
/// Sets a committee meeting so many days from today; gives its name.
std::string ScheduleMeeting(Town& town, int days_ahead);

}  // namespace ccfa::test_support
