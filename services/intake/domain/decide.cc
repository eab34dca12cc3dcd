#include "services/intake/domain/decide.h"

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/caller.h"
#include "services/intake/domain/details.h"
#include "services/intake/domain/parking.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using v1::Call;

/// The screening clock that stood still while information was awaited. Where none was kept, only
/// the days that were left of it: one of that many.
engine::Clock ScreenClockGoingOn(const Tables& tables, const Call& call, const Context& context) {
  config::ClockRule rule = RuleOfClock(tables, call.name(), kScreenClock);
  if (auto paused = tables.clocks.Find(call.name(), kScreenClock))
    return engine::Resumed(*paused, context.now, rule, context.calendar);
  rule.length.count = call.screening_days_left();
  return engine::NewClock(call.name(), kScreenClock, context.now, rule, context.calendar);
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::LogCallRequest& request,
                             const Context& context) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  if (!tables.known.Contains(request.parent())) return NotFound("parent", request.parent());
  absl::string_view council = CouncilOf(request.parent());
  absl::Status details = CheckDetails(tables, council, request.details());
  details.Update(CheckPartner(request.details(), context.actor));
  details.Update(CheckWardCouncillor(tables, council, request.details(), context.actor));
  if (!details.ok()) return details;

  const auto policy = PolicyOf(tables, council);
  Event event;
  v1::CallLogged& logged = *event.mutable_call_logged();
  logged.set_name(tables.numbering.Next(
      council, "calls", static_cast<int>(context.calendar.DayOf(context.now).year())));
  *logged.mutable_details() = request.details();
  logged.set_emergency(SoundsLikeEmergency(*policy, request.details()));
  logged.set_accepted_at_once(IsImported(request.details()));
  for (std::string& parked :
       PatternWith(tables, *policy, council, request.details(), context.now, context)) {
    logged.add_recalls(std::move(parked));
  }
  if (!logged.accepted_at_once()) {
    *logged.add_clocks() = StartClock(*policy, logged.name(), kAcknowledgeClock, context);
    *logged.add_clocks() = StartClock(*policy, logged.name(), kScreenClock, context);
    if (HasDutyToAnswer(*policy, request.details().regime()))
      *logged.add_clocks() = StartClock(*policy, logged.name(), kCouncillorAnswerClock, context);
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
  absl::Status room = CheckRoom("questions", call->exchanges_size(), kMostExchanges);
  if (!room.ok()) return room;
  Event event;
  v1::InformationAsked& asked = *event.mutable_information_asked();
  asked.set_name(request.name());
  asked.set_question(request.question());
  if (auto clock = tables.clocks.Find(request.name(), kScreenClock)) {
    const config::ClockRule rule = RuleOfClock(tables, request.name(), kScreenClock);
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

absl::StatusOr<Event> Decide(const Tables& tables, const KnowCouncillor& councillor,
                             const Context&) {
  Event event;
  auto known = tables.councillors.Get(councillor.name);
  if (known && known->ward() == councillor.ward) return event;
  event.mutable_councillor_known()->set_name(councillor.name);
  event.mutable_councillor_known()->set_ward(councillor.ward);
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

absl::StatusOr<Event> Decide(const Tables& tables, const CloseCall& close, const Context& context) {
  auto call = tables.calls.Get(close.name);
  if (!call) return NotFound("name", close.name);
  Event event;
  // Withdrawn meanwhile: its caller has had an end of their own.
  if (call->state() != v1::CALL_STATE_ACCEPTED && call->state() != v1::CALL_STATE_JOINED)
    return event;
  v1::CallClosed& closed = *event.mutable_call_closed();
  closed.set_name(close.name);
  *closed.mutable_closing() = close.closing;
  closed.set_problem(close.problem);
  *closed.mutable_not_fixed_until() =
      ToProto(context.calendar.Due(context.now, NotFixedWithin(tables, close.name)));
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ConfigureCouncil& configure,
                             const Context&) {
  return config::Configured<Event>(tables.rules, configure, config::Defaults().intake());
}

absl::StatusOr<Event> Decide(const Tables& tables, const engine::ClockDue& due,
                             const Context& context) {
  if (due.clock.kind() == kRetentionClock) return RetentionDue(tables, due, context);
  return engine::DecideDue<Event>(tables, due, context, [&](const engine::Clock& clock) {
    return RuleOfClock(tables, clock.subject(), clock.kind());
  });
}

}  // namespace ccfa::intake
