#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/config/clock_rule.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/links.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Action;
using v1::Problem;

/// Who is asked, and by when. Fields are named below `prefix`.
absl::Status CheckWho(const Action& action, absl::string_view prefix, const Context& context) {
  absl::Status status =
      CheckName(absl::StrCat(prefix, "agency"), action.agency(), "councils/*/agencies/*");
  if (!IsId(action.officer())) {
    status.Update(InvalidField(absl::StrCat(prefix, "officer"),
                               "is required: the officer's id in the agency"));
  }
  std::string field = absl::StrCat(prefix, "due_date");
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(action.due_date());
  if (!day.ok()) {
    status.Update(InvalidField(field, day.status().message()));
  } else if (*day < context.calendar.DayOf(context.now)) {
    status.Update(InvalidField(field, "must not be in the past"));
  }
  return status;
}

absl::Status CheckProposal(const Action& action, const Context& context) {
  absl::Status status = Required("action.description", action.description());
  status.Update(Required("action.measure", action.measure()));
  status.Update(CheckWho(action, "action.", context));
  return status;
}

/// NOT_FOUND when the agency is none of the problem's council.
absl::Status CheckAdmitted(const Tables& tables, const Problem& problem, absl::string_view field,
                           const std::string& agency) {
  bool admitted =
      CouncilOf(agency) == CouncilOf(problem.name()) && tables.agencies.Contains(agency);
  return admitted ? absl::OkStatus() : NotFound(field, agency);
}

/// What an action must be linked to: a hypothesis of its problem, an agency of its council (F37).
absl::Status CheckLinks(const Tables& tables, const Problem& problem, const Action& action) {
  if (action.hypothesis() < 1 || action.hypothesis() > problem.hypotheses_size()) {
    return NotFound("action.hypothesis",
                    absl::StrCat("hypothesis ", action.hypothesis(), " of ", problem.name()));
  }
  if (!IsLive(problem.hypotheses(action.hypothesis() - 1))) {
    return WrongState(absl::StrCat("hypothesis ", action.hypothesis(),
                                   " was replaced or given up; answer one that stands"));
  }
  if (action.objective() < 0 || action.objective() > problem.objectives_size()) {
    return NotFound("action.objective",
                    absl::StrCat("objective ", action.objective(), " of ", problem.name()));
  }
  return CheckAdmitted(tables, problem, "action.agency", action.agency());
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

/// Until it is raised that nobody did it: from the end of the day it is due.
engine::Clock OverdueClock(const Tables& tables, const engine::Clock& due, const Action& action,
                           const Context& context) {
  // The clock of the day that ends counts from that day, not from the first instant after it.
  absl::Time last_instant = FromProto(due.due_time()) - absl::Microseconds(1);
  engine::Clock clock =
      engine::NewClock(action.name(), kOverdueActionClock, last_instant,
                       config::RuleOf(PolicyOf(tables, CouncilOf(action.name()))->overdue_action()),
                       context.calendar);
  clock.set_owner(action.agency());
  return clock;
}

/// The action of that name and its problem, which is in hand.
struct Found {
  Problem problem;
  Action action;
};
absl::StatusOr<Found> FindAction(const Tables& tables, const std::string& name,
                                 const std::string& etag) {
  absl::Status form = CheckName("name", name, "councils/*/problems/*/actions/*");
  if (!form.ok()) return form;
  absl::StatusOr<Problem> problem =
      FindProblem(tables, "name", ParentOf(name), etag, {v1::PROBLEM_STATE_IN_HAND});
  if (!problem.ok()) return problem.status();
  auto action =
      absl::c_find_if(problem->actions(), [&](const Action& a) { return a.name() == name; });
  if (action == problem->actions().end()) return NotFound("name", name);
  return Found{*problem, *action};
}

/// The action a request names, when the actor answers for it and its state is `expected`.
template <class Request>
absl::StatusOr<Action> FindOwnAction(const Tables& tables, const Request& request,
                                     v1::ActionState expected, const Context& context) {
  absl::StatusOr<Found> found = FindAction(tables, request.name(), request.etag());
  if (!found.ok()) return found.status();
  const Action& action = found->action;
  if (context.actor.role != "officer" || context.actor.agency != LastId(action.agency())) {
    return Forbidden("NOT_ACTION_OWNER",
                     absl::StrCat("only an officer of ", action.agency(), " answers for ",
                                  request.name(), "; you are ", context.actor.ToString()));
  }
  if (action.state() == expected) return action;
  return WrongState(absl::StrCat(request.name(), " is ", Words(action.state()),
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
  action.set_objective(request.action().objective());
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
  v1::ActionAccepted& accepted = *event.mutable_action_accepted();
  accepted.set_name(request.name());
  engine::Clock due = ActionClock(*action, kDueActionClock, rule, context);
  *accepted.add_clocks() = due;
  *accepted.add_clocks() = OverdueClock(tables, due, *action, context);
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
  if (!v1::Extent_IsValid(request.extent()) || request.extent() == v1::EXTENT_NOT_DONE) {
    return InvalidField("extent", "is done or partly; what is not done is not completed");
  }
  absl::StatusOr<Action> action =
      FindOwnAction(tables, request, v1::ACTION_STATE_ACCEPTED, context);
  if (!action.ok()) return action.status();
  Event event;
  event.mutable_action_completed()->set_name(request.name());
  event.mutable_action_completed()->set_result(request.result());
  event.mutable_action_completed()->set_extent(
      request.extent() == v1::EXTENT_UNSPECIFIED ? v1::EXTENT_DONE : request.extent());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ReassignActionRequest& request,
                             const Context& context) {
  const std::string& role = context.actor.role;
  if (role != "coordinator" && role != "tasking" && role != "administrator") {
    return Forbidden("MAY_NOT_REASSIGN",
                     absl::StrCat("a coordinator, the tasking group or an administrator asks "
                                  "somebody else; you are ",
                                  context.actor.ToString()));
  }
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Found> found = FindAction(tables, request.name(), request.etag());
  if (!found.ok()) return found.status();
  Action action = found->action;
  if (found->problem.stage() != v1::STAGE_RESPONSE ||
      action.state() == v1::ACTION_STATE_COMPLETED) {
    return WrongState(absl::StrCat(request.name(), " is ", Words(action.state()), " in ",
                                   Words(found->problem.stage()),
                                   "; an action that is not completed is reassigned in response"));
  }
  if (action.agency() == request.agency() && action.officer() == request.officer()) {
    return InvalidField("officer", "has it already; ask somebody else");
  }
  action.set_agency(request.agency());
  action.set_officer(request.officer());
  if (!request.due_date().empty()) action.set_due_date(request.due_date());
  absl::Status status = CheckWho(action, "", context);
  status.Update(CheckAdmitted(tables, found->problem, "agency", action.agency()));
  status.Update(CheckRoom("holders of one action", action.holders_size(), kMostHolders));
  if (!status.ok()) return status;
  Event event;
  v1::ActionReassigned& reassigned = *event.mutable_action_reassigned();
  reassigned.set_name(request.name());
  reassigned.set_agency(action.agency());
  reassigned.set_officer(action.officer());
  reassigned.set_due_date(action.due_date());
  reassigned.set_reason(request.reason());
  reassigned.set_from_agency(found->action.agency());
  reassigned.set_from_officer(found->action.officer());
  *reassigned.add_clocks() = ActionClock(
      action, kAcceptActionClock,
      config::RuleOf(PolicyOf(tables, CouncilOf(request.name()))->accept_action()), context);
  return event;
}

}  // namespace ccfa::sara
