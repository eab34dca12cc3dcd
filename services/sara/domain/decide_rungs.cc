#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

bool IsInHand(const Problem& problem) {
  return problem.state() == v1::PROBLEM_STATE_IN_HAND;
}

v1::Rung NextRung(v1::Rung rung) {
  return rung == v1::RUNG_TEAM ? v1::RUNG_TASKING_GROUP : v1::RUNG_SCRUTINY;
}

v1::RaiseCause CauseOf(absl::string_view role) {
  if (role == "councillor") return v1::RAISE_CAUSE_COUNCILLOR;
  return role == "tasking" ? v1::RAISE_CAUSE_TASKING_GROUP : v1::RAISE_CAUSE_TEAM;
}

/// The problem goes up with everything the next rung needs, so that it asks nobody (F45, F46).
Event RaisedTo(const Tables& tables, v1::Rung to, const Problem& problem, v1::RaiseCause cause,
               const std::string& reason, const Context& context) {
  Event event;
  v1::ProblemRaised& raised = *event.mutable_problem_raised();
  raised.set_name(problem.name());
  raised.set_from(problem.rung());
  raised.set_to(to);
  raised.set_cause(cause);
  raised.set_reason(reason);
  *raised.mutable_trail() = problem.trail();
  raised.set_title(problem.title());
  raised.set_category(problem.category());
  raised.set_team(problem.team());
  raised.set_ward(problem.ward());
  raised.set_regime(problem.regime());
  *raised.mutable_calls() = problem.calls();
  if (to != v1::RUNG_SCRUTINY && IsInHand(problem)) {
    *raised.add_clocks() = StageClock(tables, problem, context);
  }
  return event;
}

/// What a problem came to that scrutiny closed: the team's own success where it measured one.
v1::Result ResultOf(const CloseReferredProblem& close, const Problem& problem) {
  if (!close.resolved) return v1::RESULT_NOT_ACHIEVED;
  v1::Result assessed = problem.assessment().result();
  return IsSuccess(assessed) ? assessed : v1::RESULT_REFERRED;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RaiseProblemRequest& request,
                             const Context& context) {
  const std::string& role = context.actor.role;
  if (role != "councillor" && role != "coordinator" && role != "tasking" &&
      role != "administrator") {
    return Forbidden("MAY_NOT_RAISE",
                     absl::StrCat("a councillor, a coordinator, the tasking group or an "
                                  "administrator raises a problem; you are ",
                                  context.actor.ToString()));
  }
  if (!v1::Rung_IsValid(request.to())) return InvalidField("to", "is not a rung");
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Problem> problem =
      FindProblem(tables, "name", request.name(), request.etag(), kAnyOpen);
  if (!problem.ok()) return problem.status();
  v1::Rung to = request.to() == v1::RUNG_UNSPECIFIED ? NextRung(problem->rung()) : request.to();
  if (to <= problem->rung()) {
    return WrongState(absl::StrCat(request.name(), " is with the ", Words(problem->rung()),
                                   " already; a problem is raised to a higher rung"));
  }
  if (role == "tasking" && problem->rung() != v1::RUNG_TASKING_GROUP) {
    return Forbidden("MAY_NOT_RAISE",
                     absl::StrCat("the tasking group raises what it has; the ",
                                  Words(problem->rung()), " has ", request.name()));
  }
  v1::RaiseCause cause = CauseOf(role);
  return RaisedTo(tables, to, *problem, cause, request.reason(), context);
}

absl::StatusOr<Event> Decide(const Tables& tables, const Raise& raise, const Context& context) {
  auto problem = tables.problems.Get(raise.name);
  if (!problem) return NotFound("name", raise.name);
  if (!IsOpen(*problem) || problem->rung() == v1::RUNG_SCRUTINY) return Event();
  if (raise.cause == v1::RAISE_CAUSE_RECURRENCE &&
      problem->recurrences() <
          PolicyOf(tables, CouncilOf(raise.name))->recurrence().raise_after()) {
    return Event();
  }
  // Who can commit resources is to know of a case review; who has more has it already.
  if (raise.cause == v1::RAISE_CAUSE_CASE_REVIEW && problem->rung() != v1::RUNG_TEAM) {
    return Event();
  }
  return RaisedTo(tables, NextRung(problem->rung()), *problem, raise.cause, raise.reason, context);
}

absl::StatusOr<Event> Decide(const Tables& tables, const ReturnProblem& back,
                             const Context& context) {
  auto problem = tables.problems.Get(back.name);
  if (!problem) return NotFound("name", back.name);
  Event event;
  if (!IsOpen(*problem) || problem->rung() != v1::RUNG_SCRUTINY) return event;
  v1::ProblemReturned& returned = *event.mutable_problem_returned();
  returned.set_name(back.name);
  returned.set_reason(back.reason);
  returned.set_referral(back.referral);
  if (IsInHand(*problem)) *returned.add_clocks() = StageClock(tables, *problem, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const CloseReferredProblem& close,
                             const Context& context) {
  auto problem = tables.problems.Get(close.name);
  if (!problem) return NotFound("name", close.name);
  Event event;
  if (!IsOpen(*problem) || problem->rung() != v1::RUNG_SCRUTINY) return event;
  v1::ProblemClosed& closed = *event.mutable_problem_closed();
  closed.set_name(close.name);
  closed.mutable_closing()->set_result(ResultOf(close, *problem));
  closed.mutable_closing()->set_resolved(close.resolved);
  closed.mutable_closing()->set_done(close.done);
  closed.mutable_closing()->set_by(close.by);
  closed.mutable_closing()->set_why(close.why);
  *closed.mutable_calls() = problem->calls();
  if (close.resolved) *closed.add_clocks() = WatchClock(tables, *problem, context);
  return event;
}

}  // namespace ccfa::sara
