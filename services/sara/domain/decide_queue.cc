#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"
#include "services/sara/domain/recurrence.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

/// What was tried before the call, as the first entries of the problem's trail (F45).
v1::TrailEntry TrailOf(const intake::v1::Attempt& attempt, const std::string& councillor) {
  v1::TrailEntry entry;
  // A day has no instant of its own: its midnight in UTC is the same London day all year.
  if (auto day = calendar::ParseDate(attempt.date()); day.ok()) {
    *entry.mutable_time() = ToProto(absl::FromCivil(*day, absl::UTCTimeZone()));
  }
  entry.set_who(councillor.empty() ? "the community" : councillor);
  entry.set_what(absl::StrCat("contacted ", attempt.contacted(), " before the call"));
  entry.set_result(attempt.answer());
  return entry;
}

/// The rule that a kind of clock runs by.
const config::v1::ClockRule& RuleFor(absl::string_view kind, const Policy& policy) {
  if (kind == kStageClock) return policy.stage();
  if (kind == kWatchClock) return policy.watch();
  return kind == kOverdueActionClock ? policy.overdue_action() : policy.accept_action();
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::TakeUpProblemRequest& request,
                             const Context& context) {
  absl::StatusOr<Problem> problem =
      FindProblem(tables, "name", request.name(), request.etag(),
                  {v1::PROBLEM_STATE_QUEUED, v1::PROBLEM_STATE_PARKED});
  if (!problem.ok()) return problem.status();
  if (absl::Status here = CheckNotWithScrutiny(*problem); !here.ok()) return here;
  Event event;
  event.mutable_problem_taken_up()->set_name(request.name());
  *event.mutable_problem_taken_up()->add_clocks() = StageClock(tables, *problem, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AttachCallRequest& request,
                             const Context&) {
  absl::Status form = CheckName("call", request.call(), "councils/*/calls/*");
  if (!form.ok()) return form;
  absl::StatusOr<Problem> problem =
      FindProblem(tables, "name", request.name(), request.etag(), kAnyOpen);
  if (!problem.ok()) return problem.status();
  if (CouncilOf(request.call()) != CouncilOf(request.name())) {
    return InvalidField("call", "is another council's");
  }
  auto holder = tables.HolderOf(request.call());
  if (!holder) return NotFound("call", absl::StrCat(request.call(), " in any problem"));
  Event event;
  if (holder->name() == request.name()) return event;
  if (holder->state() != v1::PROBLEM_STATE_QUEUED && holder->state() != v1::PROBLEM_STATE_PARKED) {
    return WrongState(absl::StrCat(request.call(), " belongs to ", holder->name(),
                                   ", which its team took up; only a queued problem gives up a "
                                   "call"));
  }
  absl::Status room = CheckRoom("calls", problem->calls_size(), kMostCalls);
  if (!room.ok()) return room;
  v1::CallAttached& attached = *event.mutable_call_attached();
  attached.set_name(request.name());
  attached.set_call(request.call());
  attached.set_from_problem(holder->name());
  attached.set_reason(request.reason());
  if (const v1::CallFacts* facts = FactsIn(*holder, request.call())) {
    *attached.mutable_facts() = *facts;
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const AdmitAgency& agency, const Context&) {
  Event event;
  if (!tables.agencies.Contains(agency.name))
    event.mutable_agency_admitted()->set_name(agency.name);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const OpenProblem& open,
                             const Context& context) {
  Event event;
  if (tables.withdrawn.Contains(open.call) || tables.HolderOf(open.call)) return event;
  v1::CallFacts facts = FactsOf(open, context);
  double within_m = PolicyOf(tables, CouncilOf(open.call))->recurrence().within_m();
  if (auto back = WatchedNear(tables, open.team, facts, within_m)) {
    bool parked = back->state() == v1::PROBLEM_STATE_PARKED;
    return ReopenedBy(
        tables, *back, parked ? v1::REOPEN_CAUSE_PATTERN : v1::REOPEN_CAUSE_RECURRENCE,
        absl::StrCat("another call of the same kind nearby: ", open.details.summary()), facts,
        context);
  }
  v1::ProblemOpened& opened = *event.mutable_problem_opened();
  auto year = static_cast<int>(context.calendar.DayOf(context.now).year());
  opened.set_name(tables.numbering.Next(CouncilOf(open.call), "problems", year));
  opened.set_title(open.details.summary());
  opened.set_category(open.details.category());
  opened.set_team(open.team);
  opened.set_ward(open.ward);
  opened.set_call(open.call);
  for (const intake::v1::Attempt& attempt : open.details.tried()) {
    *opened.add_trail() = TrailOf(attempt, open.details.councillor());
  }
  *opened.mutable_facts() = facts;
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const TransferProblem& transfer,
                             const Context&) {
  Event event;
  auto problem = tables.HolderOf(transfer.call);
  if (!problem || !IsUnfinished(*problem) || problem->calls_size() > 1 ||
      problem->team() == transfer.team) {
    return event;
  }
  v1::ProblemTransferred& transferred = *event.mutable_problem_transferred();
  transferred.set_name(problem->name());
  transferred.set_team(transfer.team);
  transferred.set_ward(transfer.ward);
  transferred.set_reason(transfer.reason);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const DetachCall& detach, const Context&) {
  Event event;
  auto problem = tables.HolderOf(detach.call);
  if (problem ? !IsUnfinished(*problem) : tables.withdrawn.Contains(detach.call)) return event;
  v1::CallDetached& detached = *event.mutable_call_detached();
  detached.set_name(problem ? problem->name() : detach.call);
  detached.set_call(detach.call);
  detached.set_reason(detach.reason);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ConfigureCouncil& configure,
                             const Context&) {
  return config::Configured<Event>(tables.rules, configure, config::Defaults().sara());
}

absl::StatusOr<Event> Decide(const Tables& tables, const engine::ClockDue& due,
                             const Context& context) {
  return engine::DecideDue<Event>(tables, due, context, [&](const engine::Clock& clock) {
    return config::RuleOf(RuleFor(clock.kind(), *PolicyOf(tables, CouncilOf(clock.subject()))));
  });
}

}  // namespace ccfa::sara
