#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/config/clock_rule.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Action;
using v1::Problem;

absl::Status CheckProposal(const Action& action, const Context& context) {
  absl::Status status = Required("action.description", action.description());
  status.Update(Required("action.measure", action.measure()));
  status.Update(CheckName("action.agency", action.agency(), "councils/*/agencies/*"));
  if (!IsId(action.officer())) {
    status.Update(InvalidField("action.officer", "is required: the officer's id in the agency"));
  }
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(action.due_date());
  if (!day.ok()) {
    status.Update(InvalidField("action.due_date", day.status().message()));
  } else if (*day < context.calendar.DayOf(context.now)) {
    status.Update(InvalidField("action.due_date", "must not be in the past"));
  }
  return status;
}

/// What an action must be linked to: a hypothesis of its problem, an agency of its council (F37).
absl::Status CheckLinks(const Tables& tables, const Problem& problem, const Action& action) {
  if (action.hypothesis() < 1 || action.hypothesis() > problem.hypotheses_size()) {
    return NotFound("action.hypothesis",
                    absl::StrCat("hypothesis ", action.hypothesis(), " of ", problem.name()));
  }
  bool admitted = CouncilOf(action.agency()) == CouncilOf(problem.name()) &&
                  tables.agencies.Contains(action.agency());
  return admitted ? absl::OkStatus() : NotFound("action.agency", action.agency());
}

engine::Clock ActionClock(const Action& action, absl::string_view kind,
                          const config::ClockRule& rule, const Context& context) {
  engine::Clock clock = engine::NewClock(action.name(), kind, context.now, rule, context.calendar);
  clock.set_owner(action.agency());
  return clock;
}

/// How long the action still has: to the end of the London day it is due. Accepted later than that,
/// it is due today.
calendar::Length UntilDue(const Action& action, const Context& context) {
  absl::CivilDay today = context.calendar.DayOf(context.now);
  absl::CivilDay due = calendar::ParseDate(action.due_date()).value_or(today);
  return {static_cast<int>(std::max<absl::civil_diff_t>(due - today, 0)),
          calendar::Unit::kCalendarDays};
}

/// The action a request names, when the actor answers for it and its state is `expected`.
template <class Request>
absl::StatusOr<Action> FindOwnAction(const Tables& tables, const Request& request,
                                     v1::ActionState expected, const Context& context) {
  absl::Status form = CheckName("name", request.name(), "councils/*/problems/*/actions/*");
  if (!form.ok()) return form;
  absl::StatusOr<Problem> problem = FindProblem(tables, "name", ParentOf(request.name()),
                                                request.etag(), {v1::PROBLEM_STATE_IN_HAND});
  if (!problem.ok()) return problem.status();
  auto action = std::find_if(problem->actions().begin(), problem->actions().end(),
                             [&](const Action& a) { return a.name() == request.name(); });
  if (action == problem->actions().end()) return NotFound("name", request.name());
  if (context.actor.role != "officer" || context.actor.agency != LastId(action->agency())) {
    return Forbidden("NOT_ACTION_OWNER",
                     absl::StrCat("only an officer of ", action->agency(), " answers for ",
                                  request.name(), "; you are ", context.actor.ToString()));
  }
  if (action->state() == expected) return *action;
  return WrongState(absl::StrCat(request.name(), " is ", Words(action->state()),
                                 "; this step is taken when it is ", Words(expected)));
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ProposeActionRequest& request,
                             const Context& context) {
  absl::Status proposal = CheckProposal(request.action(), context);
  if (!proposal.ok()) return proposal;
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "parent", request.parent(), request.etag(), {v1::STAGE_RESPONSE});
  if (!problem.ok()) return problem.status();
  absl::Status status = CheckLinks(tables, *problem, request.action());
  status.Update(CheckRoom("actions", problem->actions_size(), kMostActions));
  if (!status.ok()) return status;

  Event event;
  v1::ActionProposed& proposed = *event.mutable_action_proposed();
  proposed.set_name(absl::StrCat(request.parent(), "/actions/", problem->actions_size() + 1));
  Action& action = *proposed.mutable_action();
  action.set_name(proposed.name());
  action.set_description(request.action().description());
  action.set_hypothesis(request.action().hypothesis());
  action.set_measure(request.action().measure());
  action.set_agency(request.action().agency());
  action.set_officer(request.action().officer());
  action.set_due_date(request.action().due_date());
  action.set_state(v1::ACTION_STATE_PROPOSED);
  *proposed.add_clocks() = ActionClock(
      action, kAcceptActionClock,
      config::RuleOf(PolicyOf(tables, CouncilOf(request.parent()))->accept_action()), context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AcceptActionRequest& request,
                             const Context& context) {
  absl::StatusOr<Action> action =
      FindOwnAction(tables, request, v1::ACTION_STATE_PROPOSED, context);
  if (!action.ok()) return action.status();
  const config::ClockRule rule{
      UntilDue(*action, context),
      config::LengthOf(PolicyOf(tables, CouncilOf(request.name()))->action_due_warn_before())};
  Event event;
  event.mutable_action_accepted()->set_name(request.name());
  *event.mutable_action_accepted()->add_clocks() =
      ActionClock(*action, kDueActionClock, rule, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::DeclineActionRequest& request,
                             const Context& context) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Action> action =
      FindOwnAction(tables, request, v1::ACTION_STATE_PROPOSED, context);
  if (!action.ok()) return action.status();
  Event event;
  event.mutable_action_declined()->set_name(request.name());
  event.mutable_action_declined()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CompleteActionRequest& request,
                             const Context& context) {
  if (absl::Status result = Required("result", request.result()); !result.ok()) return result;
  absl::StatusOr<Action> action =
      FindOwnAction(tables, request, v1::ACTION_STATE_ACCEPTED, context);
  if (!action.ok()) return action.status();
  Event event;
  event.mutable_action_completed()->set_name(request.name());
  event.mutable_action_completed()->set_result(request.result());
  return event;
}

}  // namespace ccfa::sara
