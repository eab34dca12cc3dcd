#include "services/intake/domain/decide.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/intake/domain/details.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using v1::Call;
using v1::CallState;

std::string Words(CallState state) {
  return absl::StrCat("is ", v1::CallState_Name(state).substr(11));
}

/// The call a request names, when it may be changed: it exists, nobody changed it since the
/// request's etag, and its state is one of `allowed`.
template <class Request>
absl::StatusOr<Call> Open(const Tables& tables, const Request& request,
                          std::initializer_list<CallState> allowed) {
  if (absl::Status name = CheckName("name", request.name(), "councils/*/calls/*"); !name.ok())
    return name;
  auto call = tables.calls.Get(request.name());
  if (!call) return NotFound("name", request.name());
  if (!request.etag().empty() && request.etag() != call->etag()) {
    return Refuse(absl::StatusCode::kAborted, "ETAG_MOVED",
                  absl::StrCat(request.name(), " has changed since; read it again"), "etag");
  }
  for (CallState state : allowed) {
    if (call->state() == state) return *std::move(call);
  }
  return WrongState(
      absl::StrCat(request.name(), " ", Words(call->state()), "; this step is taken when it ",
                   absl::StrJoin(allowed, " or ", [](std::string* out, CallState state) {
                     absl::StrAppend(out, Words(state));
                   })));
}

absl::Status Required(absl::string_view field, absl::string_view text) {
  return text.empty() ? InvalidField(field, "is required, in plain words") : absl::OkStatus();
}

config::ClockRule ScreenRule(const Tables& tables, absl::string_view call) {
  return config::RuleOf(PolicyOf(tables, CouncilOf(call))->screen());
}

/// The screening clock that stood still while information was awaited. Where none was kept, only
/// the days that were left of it: one of that many.
engine::Clock ScreenClockGoingOn(const Tables& tables, const Call& call, const Context& context) {
  config::ClockRule rule = ScreenRule(tables, call.name());
  if (auto paused = tables.clocks.Find(call.name(), kScreenClock))
    return engine::Resumed(*paused, context.now, rule, context.calendar);
  rule.length.count = call.screening_days_left();
  return engine::NewClock(call.name(), kScreenClock, context.now, rule, context.calendar);
}

constexpr std::initializer_list<CallState> kScreening = {v1::CALL_STATE_LOGGED,
                                                         v1::CALL_STATE_MORE_INFORMATION_NEEDED};
constexpr std::initializer_list<CallState> kAnyOpen = {
    v1::CALL_STATE_LOGGED, v1::CALL_STATE_MORE_INFORMATION_NEEDED, v1::CALL_STATE_ACCEPTED,
    v1::CALL_STATE_JOINED};

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::LogCallRequest& request,
                             const Context& context) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  if (!tables.known.Contains(request.parent())) return NotFound("parent", request.parent());
  absl::string_view council = CouncilOf(request.parent());
  if (absl::Status details = CheckDetails(tables, council, request.details()); !details.ok())
    return details;

  const auto policy = PolicyOf(tables, council);
  Event event;
  v1::CallLogged& logged = *event.mutable_call_logged();
  logged.set_name(tables.numbering.Next(
      council, "calls", static_cast<int>(context.calendar.DayOf(context.now).year())));
  *logged.mutable_details() = request.details();
  logged.set_emergency(SoundsLikeEmergency(*policy, request.details()));
  logged.set_accepted_at_once(request.details().source() == kAcceptedAtOnce);
  if (!logged.accepted_at_once()) {
    *logged.add_clocks() =
        engine::NewClock(logged.name(), kAcknowledgeClock, context.now,
                         config::RuleOf(policy->acknowledge()), context.calendar);
    *logged.add_clocks() = engine::NewClock(logged.name(), kScreenClock, context.now,
                                            config::RuleOf(policy->screen()), context.calendar);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AcknowledgeCallRequest& request,
                             const Context&) {
  absl::StatusOr<Call> call = Open(tables, request, kAnyOpen);
  if (!call.ok()) return call.status();
  Event event;
  if (call->has_acknowledge_time()) return event;
  event.mutable_call_acknowledged()->set_name(request.name());
  event.mutable_call_acknowledged()->set_message(request.message());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AcceptCallRequest& request,
                             const Context&) {
  absl::StatusOr<Call> call = Open(tables, request, kScreening);
  if (!call.ok()) return call.status();
  Event event;
  v1::CallAccepted& accepted = *event.mutable_call_accepted();
  accepted.set_name(request.name());
  accepted.set_reason(request.reason());
  *accepted.mutable_details() = call->details();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::DeclineCallRequest& request,
                             const Context&) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Call> call = Open(tables, request, kScreening);
  if (!call.ok()) return call.status();
  Event event;
  event.mutable_call_declined()->set_name(request.name());
  event.mutable_call_declined()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ReferCallToServiceRequest& request,
                             const Context&) {
  if (absl::Status service = Required("service", request.service()); !service.ok()) return service;
  absl::StatusOr<Call> call = Open(tables, request, kScreening);
  if (!call.ok()) return call.status();
  Event event;
  v1::CallReferredToService& referred = *event.mutable_call_referred_to_service();
  referred.set_name(request.name());
  referred.set_service(request.service());
  referred.set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AskForInformationRequest& request,
                             const Context& context) {
  if (absl::Status question = Required("question", request.question()); !question.ok())
    return question;
  absl::StatusOr<Call> call = Open(tables, request, {v1::CALL_STATE_LOGGED});
  if (!call.ok()) return call.status();
  Event event;
  v1::InformationAsked& asked = *event.mutable_information_asked();
  asked.set_name(request.name());
  asked.set_question(request.question());
  if (auto clock = tables.clocks.Find(request.name(), kScreenClock)) {
    const config::ClockRule rule = ScreenRule(tables, request.name());
    asked.set_screening_days_left(
        engine::DaysLeft(*clock, context.now, rule.length.unit, context.calendar));
    *asked.mutable_paused() = engine::Paused(*clock, context.now, rule, context.calendar);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::GiveInformationRequest& request,
                             const Context& context) {
  if (absl::Status answer = Required("answer", request.answer()); !answer.ok()) return answer;
  absl::StatusOr<Call> call = Open(tables, request, {v1::CALL_STATE_MORE_INFORMATION_NEEDED});
  if (!call.ok()) return call.status();
  Event event;
  v1::InformationGiven& given = *event.mutable_information_given();
  given.set_name(request.name());
  given.set_answer(request.answer());
  *given.add_clocks() = ScreenClockGoingOn(tables, *call, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::WithdrawCallRequest& request,
                             const Context&) {
  absl::StatusOr<Call> call = Open(tables, request, kAnyOpen);
  if (!call.ok()) return call.status();
  Event event;
  event.mutable_call_withdrawn()->set_name(request.name());
  event.mutable_call_withdrawn()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const OpenCouncil& council, const Context&) {
  Event event;
  if (!tables.known.Contains(council.name)) event.mutable_council_opened()->set_name(council.name);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const OpenWard& ward, const Context&) {
  Event event;
  if (!tables.known.Contains(ward.name)) event.mutable_ward_opened()->set_name(ward.name);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const JoinCall& join, const Context&) {
  auto call = tables.calls.Get(join.name);
  if (!call) return NotFound("name", join.name);
  Event event;
  if (call->state() != v1::CALL_STATE_ACCEPTED && call->state() != v1::CALL_STATE_JOINED)
    return event;
  v1::CallJoined& joined = *event.mutable_call_joined();
  joined.set_name(join.name);
  joined.set_problem(join.problem);
  joined.set_reason(join.reason);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const CloseCall& close, const Context&) {
  auto call = tables.calls.Get(close.name);
  if (!call) return NotFound("name", close.name);
  Event event;
  // Withdrawn meanwhile: its caller has had an end of their own.
  if (call->state() != v1::CALL_STATE_ACCEPTED && call->state() != v1::CALL_STATE_JOINED)
    return event;
  event.mutable_call_closed()->set_name(close.name);
  *event.mutable_call_closed()->mutable_closing() = close.closing;
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ConfigureCouncil& configure,
                             const Context&) {
  return config::Configured<Event>(tables.rules, configure, config::Defaults().intake());
}

absl::StatusOr<Event> Decide(const Tables& tables, const engine::ClockDue& due,
                             const Context& context) {
  return engine::DecideDue<Event>(tables, due, context, [&](const engine::Clock& clock) {
    const auto policy = PolicyOf(tables, CouncilOf(clock.subject()));
    return config::RuleOf(clock.kind() == kScreenClock ? policy->screen() : policy->acknowledge());
  });
}

}  // namespace ccfa::intake
