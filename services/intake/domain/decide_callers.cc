// Who called, as it is written down: sealed before it comes here (F13, F57).

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/calendar/date.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/caller.h"
#include "services/intake/domain/decide.h"

namespace ccfa::intake {
namespace {

using v1::Call;
using v1::Caller;

constexpr size_t kMostConsents = 3;

absl::Status CheckConsent(const std::string& field, const v1::Consent& consent) {
  if (consent.to() == v1::CONSENT_TO_UNSPECIFIED || !v1::ConsentTo_IsValid(consent.to()))
    return InvalidField(field + ".to", "is required: contact, agencies or council");
  const std::string& how = consent.how_asked();
  if (how.empty() || how.size() > kHowAskedBytes || absl::StrContains(how, '\n')) {
    return InvalidField(field + ".how_asked",
                        absl::StrCat("is required: how they were asked, on one line of at most ",
                                     kHowAskedBytes, " bytes"));
  }
  if (consent.asked_on().empty()) return absl::OkStatus();
  absl::Status day = calendar::ParseDate(consent.asked_on()).status();
  return day.ok() ? day : InvalidField(field + ".asked_on", day.message());
}

absl::Status CheckConsents(const Caller& caller) {
  if (caller.consents().size() > static_cast<int>(kMostConsents))
    return InvalidField("caller.consents", "has one for each purpose at most");
  for (int i = 0; i < caller.consents_size(); ++i) {
    absl::Status status =
        CheckConsent(absl::StrCat("caller.consents[", i, "]"), caller.consents(i));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

void Stamp(v1::Consent& consent, const Context& context) {
  consent.set_recorded_by(context.actor.ToString());
  *consent.mutable_record_time() = ToProto(context.now);
  if (consent.asked_on().empty()) {
    const absl::CivilDay day = context.calendar.DayOf(context.now);
    consent.set_asked_on(absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day()));
  }
}

absl::Status CheckMayChange(const Actor& actor) {
  for (absl::string_view role : {"councillor", "coordinator", "administrator"}) {
    if (actor.role == role) return absl::OkStatus();
  }
  return Forbidden("MAY_NOT_CHANGE_CALLER",
                   absl::StrCat("a caller is written down by a councillor, a coordinator or an "
                                "administrator, not by ",
                                actor.ToString()));
}

/// The call a request is about, when its caller may be changed by whoever asks.
template <class Request>
absl::StatusOr<Call> OpenToChange(const Tables& tables, const Request& request,
                                  const Context& context) {
  absl::StatusOr<Call> call = Open(tables, request, kAnyState);
  if (!call.ok()) return call;
  if (absl::Status may = CheckMayChange(context.actor); !may.ok()) return may;
  if (call->caller().erased()) return CallerErasedAlready(call->name());
  return call;
}

/// `fields` in the place of those of the same kind, without what is not known any more.
void Replace(Caller& caller, const v1::ChangeSealedCaller& request) {
  auto is_replaced = [&](const v1::SealedField& field) {
    auto same = [&](const v1::SealedField& other) { return other.field() == field.field(); };
    return std::any_of(request.caller().fields().begin(), request.caller().fields().end(), same) ||
           std::count(request.remove().begin(), request.remove().end(), field.field()) > 0;
  };
  auto& fields = *caller.mutable_fields();
  fields.erase(std::remove_if(fields.begin(), fields.end(), is_replaced), fields.end());
  for (const v1::SealedField& field : request.caller().fields()) *fields.Add() = field;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::LogSealedCall& request,
                             const Context& context) {
  if (absl::Status consents = CheckConsents(request.caller()); !consents.ok()) return consents;
  v1::LogCallRequest plain;
  plain.set_parent(request.parent());
  *plain.mutable_details() = request.details();
  absl::StatusOr<Event> event = Decide(tables, plain, context);
  if (!event.ok()) return event;
  Caller& caller = *event->mutable_call_logged()->mutable_caller();
  caller = request.caller();
  for (v1::Consent& consent : *caller.mutable_consents()) Stamp(consent, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ChangeSealedCaller& request,
                             const Context& context) {
  absl::StatusOr<Call> call = OpenToChange(tables, request, context);
  if (!call.ok()) return call.status();
  Caller caller = call->caller();
  if (!caller.key().empty() && caller.key() != request.caller().key()) {
    // Somebody else was first, with a key of their own.
    return Refuse(absl::StatusCode::kAborted, "ETAG_MOVED",
                  absl::StrCat(request.name(), " has changed since; read it again"), "etag");
  }
  caller.set_key(request.caller().key());
  Replace(caller, request);
  if (request.has_anonymous()) caller.set_anonymous(request.anonymous());
  if (request.has_keep_private()) caller.set_keep_private(request.keep_private());
  Event event;
  event.mutable_caller_changed()->set_name(request.name());
  *event.mutable_caller_changed()->mutable_caller() = std::move(caller);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordConsentRequest& request,
                             const Context& context) {
  if (absl::Status consent = CheckConsent("consent", request.consent()); !consent.ok())
    return consent;
  absl::StatusOr<Call> call = OpenToChange(tables, request, context);
  if (!call.ok()) return call.status();
  if (call->caller().key().empty()) return NoCaller(call->name());
  Event event;
  event.mutable_consent_recorded()->set_name(request.name());
  v1::Consent& consent = *event.mutable_consent_recorded()->mutable_consent();
  consent = request.consent();
  Stamp(consent, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::WithdrawConsentRequest& request,
                             const Context& context) {
  if (!v1::ConsentTo_IsValid(request.to()) || request.to() == v1::CONSENT_TO_UNSPECIFIED)
    return InvalidField("to", "is required: contact, agencies or council");
  absl::StatusOr<Call> call = OpenToChange(tables, request, context);
  if (!call.ok()) return call.status();
  if (!HasConsent(call->caller(), request.to())) return NoConsent(request.to());
  Event event;
  event.mutable_consent_withdrawn()->set_name(request.name());
  event.mutable_consent_withdrawn()->set_to(request.to());
  return event;
}

}  // namespace ccfa::intake
