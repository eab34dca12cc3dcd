// Teams: problems worked stage after stage, meetings, priorities.
#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "demo/year/crowd.h"
#include "demo/year/requests.h"

namespace ccfa::year {
namespace {

using sara::v1::Action;
using sara::v1::Problem;
using test_support::About;
using test_support::WithReason;

bool IsOpen(const Problem& problem) {
  return problem.state() == sara::v1::PROBLEM_STATE_QUEUED ||
         problem.state() == sara::v1::PROBLEM_STATE_IN_HAND;
}

/// The tasking group answers what was raised to it, or has no answer and takes it to scrutiny.
void AnswerAsTaskingGroup(Year& year, const Problem& problem) {
  const std::string& tasking = year.CouncilWith(problem.name()).tasking;
  const bool failed = problem.stage() == sara::v1::STAGE_ASSESSMENT;
  if (failed && year.Happens(70)) {
    auto raise = WithReason<sara::v1::RaiseProblemRequest>(
        problem.name(), "what those who can commit resources had to give did not end it");
    raise.set_to(sara::v1::RUNG_SCRUTINY);
    year.Do(raise, tasking);
  } else if (year.Happens(65)) {
    CommitTo(year, problem.name());
  } else {
    auto back = About<sara::v1::SendBackProblemRequest>(problem.name());
    back.set_instruction("ask the other agency first, and say what it answered");
    year.Do(back, tasking);
  }
}

void TakeUpOrPutAside(Year& year, const Problem& problem) {
  const std::string& coordinator = year.CouncilWith(problem.name()).coordinator;
  const int draw = year.Below(100);
  if (draw < 5) {
    year.Do(WithReason<sara::v1::ParkProblemRequest>(problem.name(), "a one-off, until it returns"),
            coordinator);
  } else if (draw < 9) {
    auto refer = WithReason<sara::v1::ReferProblemRequest>(problem.name(), "one service ends it");
    refer.set_service("highways");
    year.Do(refer, coordinator);
  } else {
    year.Do(About<sara::v1::TakeUpProblemRequest>(problem.name()), coordinator);
  }
}

/// One thing that happens to the actions of a response; true when all are done.
bool Respond(Year& year, const Problem& problem) {
  const Action last = LastAction(year, problem.name());
  switch (last.state()) {
    case sara::v1::ACTION_STATE_PROPOSED:
      if (year.Happens(80)) {
        AcceptIt(year, problem.name(), last);
      } else if (year.Happens(60)) {
        DeclineIt(year, last, "no officer is free before the autumn");
      }
      return false;
    case sara::v1::ACTION_STATE_ACCEPTED:
      if (year.Happens(85)) CompleteIt(year, problem.name(), last);
      return false;
    case sara::v1::ACTION_STATE_COMPLETED:
      return true;
    default:
      ProposeTo(year, problem.name(), year.Happens(50) ? "police" : "council", 30);
      return false;
  }
}

sara::v1::Result DrawResult(Year& year) {
  const int draw = year.Below(100);
  if (draw < 45) return sara::v1::RESULT_REDUCED;
  if (draw < 65) return sara::v1::RESULT_ELIMINATED;
  return draw < 82 ? sara::v1::RESULT_HANDLED_BETTER : sara::v1::RESULT_NOT_ACHIEVED;
}

/// What the team does next about a problem that it has.
void TakeAStep(Year& year, const Problem& problem) {
  if (problem.state() == sara::v1::PROBLEM_STATE_QUEUED) {
    TakeUpOrPutAside(year, problem);
    return;
  }
  switch (problem.stage()) {
    case sara::v1::STAGE_SCANNING:
      ScanIt(year, problem.name());
      return;
    case sara::v1::STAGE_ANALYSIS:
      AnalyseIt(year, problem.name());
      return;
    case sara::v1::STAGE_RESPONSE:
      if (Respond(year, problem)) AssessIt(year, problem.name(), DrawResult(year));
      return;
    default:
      CloseIt(year, problem.name());
  }
}

/// Officers answer within days and act within weeks; everything else waits for somebody's time.
int DaysToNextStep(Year& year, const std::string& problem) {
  switch (LastAction(year, problem).state()) {
    case sara::v1::ACTION_STATE_PROPOSED:
      return 1 + year.Below(5);
    case sara::v1::ACTION_STATE_ACCEPTED:
      return 7 + year.Below(18);
    default:
      return 4 + year.Below(16);
  }
}

std::vector<Problem> OpenProblemsOf(Year& year, const std::string& team) {
  std::vector<Problem> open;
  auto rows = year.town().host().engine("sara").Read().value();
  sara::Tables(*rows).problems.Scan("", "", [&](absl::string_view, const Problem& problem) {
    if (IsOpen(problem) && problem.team() == team) open.push_back(problem);
    return true;
  });
  auto strength = [](const Problem& problem) { return problem.calls_size() + problem.affected(); };
  std::stable_sort(open.begin(), open.end(),
                   [&](const Problem& a, const Problem& b) { return strength(a) > strength(b); });
  return open;
}

void SetPriorities(Year& year, const Council& council, const std::string& team) {
  constexpr int kAtOnce = 3;
  std::vector<Problem> open = OpenProblemsOf(year, team);
  if (open.empty()) return;
  auto request = About<sara::v1::SetPrioritiesRequest>(team);
  for (const Problem& problem : open) {
    bool selected = request.selected_size() < kAtOnce;
    sara::v1::PriorityChoice& choice =
        selected ? *request.add_selected() : *request.add_not_selected();
    choice.set_problem(problem.name());
    choice.set_votes(year.Below(30));
    choice.set_rationale(selected ? "most calls, and most affected"
                                  : "fewer calls stand behind it");
  }
  request.set_review_date(year.DayAhead(112));
  request.set_answer_to_warnings("the quiet streets are asked at the next surgery");
  year.Do(request, council.coordinator);
}

void Attend(Year& year, const Council& council, const Ward& ward, const std::string& meeting) {
  auto attend = About<sara::v1::RecordAttendanceRequest>(meeting);
  attend.add_present()->set_councillor(ward.councillors.front());
  for (const char* kind : {"police", "council", "housing"}) {
    // One member is away now and then; never so many that nothing can be decided.
    if (attend.present_size() >= 3 && year.Happens(25)) continue;
    sara::v1::Attendee& attendee = *attend.add_present();
    attendee.set_agency(council.agencies.at(kind));
    attendee.set_officer(council.OfficerIdOf(attendee.agency()));
  }
  year.Do(attend, council.coordinator);
}

}  // namespace

Life WorkThrough(Year& year, std::string name) {
  if (!year.Claim(name)) co_return;
  while (true) {
    co_await year.Days(DaysToNextStep(year, name));
    Problem problem = year.town().ProblemNamed(name);
    if (!IsOpen(problem) || problem.rung() == sara::v1::RUNG_SCRUTINY) break;
    if (problem.rung() == sara::v1::RUNG_TASKING_GROUP) {
      AnswerAsTaskingGroup(year, problem);
    } else if (problem.stage() == sara::v1::STAGE_RESPONSE && year.Happens(3)) {
      RaiseToScrutiny(year, name, "the community has waited long enough");
    } else {
      TakeAStep(year, problem);
    }
  }
  year.Release(name);
}

Life MeetAsATeam(Year& year, const Council& council, const Ward& ward, int first_day) {
  co_await year.Days(first_day);
  for (int number = 1;; ++number) {
    auto schedule = About<sara::v1::ScheduleTeamMeetingRequest>(ward.team);
    absl::CivilDay day = year.Today() + 14;
    while (absl::GetWeekday(day) != absl::Weekday::wednesday) ++day;
    schedule.set_date(absl::FormatCivilTime(day));
    const std::string meeting = year.Do(schedule, council.coordinator);
    co_await year.On(day);
    Attend(year, council, ward, meeting);
    auto decide = About<sara::v1::RecordDecisionRequest>(meeting);
    decide.set_text("the team goes through its problems in the order of its priorities");
    year.Do(decide, council.coordinator);
    if (number % 2 == 0) SetPriorities(year, council, ward.team);
    auto close = About<sara::v1::CloseTeamMeetingRequest>(meeting);
    sara::v1::LogItem& item = *close.add_items();
    item.set_what("tell the callers of this ward what was decided");
    item.set_who(council.OfficerIdOf(council.agencies.at("council")));
    item.set_by_date(year.DayAhead(14));
    year.Do(close, council.coordinator);
    co_await year.Days(40);
  }
}

}  // namespace ccfa::year
