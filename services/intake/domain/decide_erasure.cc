// Callers are erased: when somebody asks, or when they were kept as long as the council keeps them
// (F73). What follows from CallerErased, that the key is destroyed, is done outside of the rules.

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/caller.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

/// Nothing more is to come of it by itself.
bool HasEnded(const v1::Call& call) {
  return CheckState(call, {v1::CALL_STATE_DECLINED, v1::CALL_STATE_REFERRED_TO_SERVICE,
                           v1::CALL_STATE_WITHDRAWN, v1::CALL_STATE_CLOSED})
      .ok();
}

bool IsKept(const v1::Call& call) {
  return !call.caller().key().empty() && !call.caller().erased();
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::EraseCallerRequest& request,
                             const Context& context) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<v1::Call> call = Open(tables, request, kAnyState);
  if (!call.ok()) return call.status();
  if (context.actor.role != "coordinator" && context.actor.role != "administrator") {
    return Forbidden(
        "MAY_NOT_ERASE",
        absl::StrCat("a caller is erased by a coordinator or an administrator, not by ",
                     context.actor.ToString()));
  }
  Event event;
  if (call->caller().erased()) return event;
  if (call->caller().key().empty()) return NoCaller(call->name());
  v1::CallerErased& erased = *event.mutable_caller_erased();
  erased.set_name(request.name());
  erased.set_key(call->caller().key());
  erased.set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const StartRetention& start,
                             const Context& context) {
  Event event;
  auto call = tables.calls.Get(start.name);
  if (!call || !IsKept(*call)) return event;
  const auto policy = PolicyOf(tables, CouncilOf(start.name));
  if (policy->retention().length().empty()) return event;
  event.mutable_retention_started()->set_name(start.name);
  *event.mutable_retention_started()->mutable_clock() =
      StartClock(*policy, start.name, kRetentionClock, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const StartEarlierRetention& start,
                             const Context& context) {
  Event event;
  const auto policy = PolicyOf(tables, CouncilOf(start.council));
  if (policy->retention().length().empty()) return event;
  tables.calls.Scan(
      start.council + "/calls/", start.after, [&](absl::string_view name, const v1::Call& call) {
        if (!IsKept(call) || !HasEnded(call) || tables.clocks.Find(name, kRetentionClock))
          return true;
        v1::RetentionStarted& started = *event.mutable_retention_started();
        started.set_name(std::string(name));
        *started.mutable_clock() = StartClock(*policy, name, kRetentionClock, context);
        started.set_earlier(true);
        return false;
      });
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RotateKeysTo& request,
                             const Context& context) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  if (!tables.known.Contains(request.parent())) return NotFound("parent", request.parent());
  if (context.actor.role != "administrator") {
    return Forbidden(
        "NOT_ADMINISTRATOR",
        absl::StrCat("keys are rotated by an administrator, not by ", context.actor.ToString()));
  }
  Event event;
  event.mutable_keys_rotated()->set_name(request.parent());
  event.mutable_keys_rotated()->set_master_key(request.master_key());
  return event;
}

}  // namespace ccfa::intake
