#include "absl/strings/str_join.h"
#include "common/core/proto_time.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/parking.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using v1::Call;

/// The call is screened from now on as if it had just been logged.
Event Recalled(const Tables& tables, const Call& call, const std::string& reason,
               const Context& context) {
  Event event;
  v1::CallRecalled& recalled = *event.mutable_call_recalled();
  recalled.set_name(call.name());
  recalled.set_reason(reason);
  if (!call.has_acknowledge_time())
    *recalled.add_clocks() = StartClock(tables, call.name(), kAcknowledgeClock, context);
  *recalled.add_clocks() = StartClock(tables, call.name(), kScreenClock, context);
  return event;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ParkCallRequest& request,
                             const Context& context) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Call> call = Open(tables, request, kScreening);
  if (!call.ok()) return call.status();
  absl::string_view council = CouncilOf(request.name());
  std::vector<std::string> pattern =
      PatternWith(tables, *PolicyOf(tables, council), council, call->details(),
                  FromProto(call->log_time()), context);
  if (!pattern.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "PATTERN_FORMS",
                  absl::StrCat("expected a one-off, and it makes a pattern with ",
                               absl::StrJoin(pattern, ", "),
                               ", which are parked: screen it, and recall them"));
  }
  Event event;
  event.mutable_call_parked()->set_name(request.name());
  event.mutable_call_parked()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecallCallRequest& request,
                             const Context& context) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Call> call = Open(tables, request, {v1::CALL_STATE_PARKED});
  if (!call.ok()) return call.status();
  return Recalled(tables, *call, request.reason(), context);
}

absl::StatusOr<Event> Decide(const Tables& tables, const RecallParked& recall,
                             const Context& context) {
  auto call = tables.calls.Get(recall.name);
  if (!call) return NotFound("name", recall.name);
  // Somebody recalled it, or it was withdrawn, meanwhile.
  if (call->state() != v1::CALL_STATE_PARKED) return Event();
  return Recalled(tables, *call, recall.reason, context);
}

}  // namespace ccfa::intake
