#pragma once

#include "absl/status/statusor.h"
#include "ccfa/intake/v1/events.pb.h"
#include "common/engine/command.h"
#include "common/engine/service_rules.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

/// What the commands about callers share. All of it sees a caller sealed, and nothing else.

/// The caller said yes, and has not taken it back.
bool HasConsent(const v1::Caller& caller, v1::ConsentTo to);

/// FAILED_PRECONDITION CALLER_ERASED, NO_CALLER, NO_CONSENT.
absl::Status CallerErasedAlready(absl::string_view call);
absl::Status NoCaller(absl::string_view call);
absl::Status NoConsent(v1::ConsentTo to);

/// What another council is told of a caller who did not agree to more: that there is one to ask.
v1::Caller CallerToAsk(const v1::Caller& caller);

/// What a clock of retention comes to: at its end the caller is erased; where its council keeps
/// callers now until somebody erases them, it stops.
v1::Event RetentionDue(const Tables& tables, const engine::ClockDue& due,
                       const engine::Context& context);

}  // namespace ccfa::intake
