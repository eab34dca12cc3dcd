// Calls that are another council's matter: referred, logged there, answered back (F18).

#include "absl/strings/str_cat.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/caller.h"
#include "services/intake/domain/decide.h"

namespace ccfa::intake {
namespace {

using v1::Call;

/// What the other council is told: its wards and councillors are its own to find.
v1::CallDetails WithoutOurPlaces(v1::CallDetails details) {
  details.clear_ward();
  details.clear_councillor();
  details.clear_imported_from();
  return details;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ReferCallToCouncilRequest& request,
                             const Context&) {
  absl::Status status = CheckName("council", request.council(), "councils/*");
  status.Update(Required("reason", request.reason()));
  if (status.ok() && CouncilOf(request.council()) == CouncilOf(request.name()))
    status = InvalidField("council", "is the call's own; expected another");
  if (!status.ok()) return status;
  absl::StatusOr<Call> call = Open(tables, request, kScreening);
  if (!call.ok()) return call.status();
  if (!call->referred_from().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "REFERRED_ALREADY",
                  absl::StrCat(request.name(), " was referred here as ", call->referred_from(),
                               "; decline it, and they get the reason"));
  }
  Event event;
  v1::CallReferredToCouncil& referred = *event.mutable_call_referred_to_council();
  referred.set_name(request.name());
  referred.set_council(request.council());
  referred.set_reason(request.reason());
  *referred.mutable_details() = WithoutOurPlaces(call->details());
  if (call->has_caller() && !call->caller().erased())
    *referred.mutable_caller() = CallerToAsk(call->caller());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ReferSealedCall& request,
                             const Context& context) {
  v1::ReferCallToCouncilRequest plain;
  plain.set_name(request.name());
  plain.set_council(request.council());
  plain.set_reason(request.reason());
  plain.set_etag(request.etag());
  absl::StatusOr<Event> event = Decide(tables, plain, context);
  if (!event.ok()) return event;
  // Taken back since it was sealed: then it stays here.
  v1::CallReferredToCouncil& referred = *event->mutable_call_referred_to_council();
  auto call = tables.calls.Get(request.name());
  if (!call || !HasConsent(call->caller(), v1::CONSENT_TO_COUNCIL)) return event;
  referred.mutable_caller()->set_key(request.caller().key());
  *referred.mutable_caller()->mutable_fields() = request.caller().fields();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const TakeReferredCall& take,
                             const Context& context) {
  Event event;
  if (!tables.known.Contains(take.council)) {
    v1::CouncilAnswered& answered = *event.mutable_council_answered();
    answered.set_name(take.council);
    answered.set_to(take.from);
    answered.mutable_closing()->set_done("given back");
    answered.mutable_closing()->set_by(take.council);
    answered.mutable_closing()->set_why(absl::StrCat(take.council, " takes no calls here"));
    return event;
  }
  absl::string_view council = CouncilOf(take.council);
  v1::CallLogged& logged = *event.mutable_call_logged();
  logged.set_name(tables.numbering.Next(
      council, "calls", static_cast<int>(context.calendar.DayOf(context.now).year())));
  *logged.mutable_details() = take.details;
  logged.set_referred_from(take.from);
  if (take.caller.ByteSizeLong() > 0) *logged.mutable_caller() = take.caller;
  for (absl::string_view kind : {kAcknowledgeClock, kScreenClock})
    *logged.add_clocks() = StartClock(tables, logged.name(), kind, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const AnswerCouncil& answer, const Context&) {
  Event event;
  auto call = tables.calls.Get(answer.name);
  if (!call || call->referred_from().empty()) return event;
  v1::CouncilAnswered& answered = *event.mutable_council_answered();
  answered.set_name(answer.name);
  answered.set_to(call->referred_from());
  answered.set_taken(true);
  *answered.mutable_closing() = answer.closing;
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ReceiveAnswer& receive,
                             const Context& context) {
  auto call = tables.calls.Get(receive.name);
  if (!call) return NotFound("name", receive.name);
  Event event;
  if (call->state() != v1::CALL_STATE_REFERRED_TO_COUNCIL) return event;
  v1::CouncilAnswerReceived& received = *event.mutable_council_answer_received();
  received.set_name(receive.name);
  received.set_from(receive.answer.name());
  received.set_taken(receive.answer.taken());
  *received.mutable_closing() = receive.answer.closing();
  if (!received.taken())
    *received.add_clocks() = StartClock(tables, receive.name, kScreenClock, context);
  return event;
}

}  // namespace ccfa::intake
