#include "services/intake/domain/caller.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {

bool HasConsent(const v1::Caller& caller, v1::ConsentTo to) {
  return std::any_of(
      caller.consents().begin(), caller.consents().end(),
      [&](const v1::Consent& consent) { return consent.to() == to && consent.given(); });
}

absl::Status CallerErasedAlready(absl::string_view call) {
  return Refuse(absl::StatusCode::kFailedPrecondition, "CALLER_ERASED",
                absl::StrCat("the caller of ", call, " was erased, and cannot be brought back"));
}

absl::Status NoCaller(absl::string_view call) {
  return Refuse(absl::StatusCode::kFailedPrecondition, "NO_CALLER",
                absl::StrCat("nobody is written down as the caller of ", call));
}

absl::Status NoConsent(v1::ConsentTo to) {
  return Refuse(
      absl::StatusCode::kFailedPrecondition, "NO_CONSENT",
      absl::StrCat("the caller has not agreed: ", WordsOf(v1::ConsentTo_Name(to), "CONSENT_TO"),
                   "; ask them and record what they say"));
}

v1::Caller CallerToAsk(const v1::Caller& caller) {
  v1::Caller to_ask;
  to_ask.set_anonymous(caller.anonymous());
  to_ask.set_keep_private(caller.keep_private());
  to_ask.set_consent_needed(true);
  return to_ask;
}

v1::Event RetentionDue(const Tables& tables, const engine::ClockDue& due,
                       const engine::Context& context) {
  v1::Event event;
  if (!tables.clocks.IsDue(due.clock, context.now)) return event;
  const std::string& call = due.clock.subject();
  if (PolicyOf(tables, CouncilOf(call))->retention().length().empty()) {
    event.mutable_retention_lifted()->set_name(call);
    *event.mutable_retention_lifted()->mutable_clock() = due.clock;
    return event;
  }
  if (due.clock.stale() || !due.Expired(context.now)) {
    return engine::DecideDue<v1::Event>(tables, due, context, [&](const engine::Clock& clock) {
      return RuleOfClock(tables, clock.subject(), clock.kind());
    });
  }
  v1::CallerErased& erased = *event.mutable_caller_erased();
  erased.set_name(call);
  if (auto known = tables.calls.Get(call)) erased.set_key(known->caller().key());
  erased.set_reason("kept as long as the council keeps it");
  return event;
}

}  // namespace ccfa::intake
