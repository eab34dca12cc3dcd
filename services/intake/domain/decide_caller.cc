#include "common/core/proto_time.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using v1::Call;

/// The call whose caller is told something or says something, with room for it.
absl::StatusOr<Call> OpenThread(const Tables& tables, const auto& request, States allowed) {
  absl::StatusOr<Call> call = Open(tables, request, allowed);
  if (!call.ok()) return call.status();
  absl::Status room =
      CheckRoom("messages to and from its caller", call->thread_size(), kMostThread);
  if (!room.ok()) return room;
  return call;
}

/// Until when a closed call may be reported as not fixed.
absl::Time NotFixedUntil(const Tables& tables, const Call& call, const Context& context) {
  if (call.has_not_fixed_until()) return FromProto(call.not_fixed_until());
  return context.calendar.Due(FromProto(call.update_time()), NotFixedWithin(tables, call.name()));
}

std::string ProblemOf(const Call& call) {
  return call.problem().empty() ? call.joined_to() : call.problem();
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AnswerCallerRequest& request,
                             const Context& context) {
  if (absl::Status answer = Required("answer", request.answer()); !answer.ok()) return answer;
  absl::StatusOr<Call> call = OpenThread(tables, request, kAnyOpen);
  if (!call.ok()) return call.status();
  if (absl::Status theirs = CheckIsCallsCouncillor(*call, context.actor); !theirs.ok())
    return theirs;
  Event event;
  event.mutable_caller_answered()->set_name(request.name());
  event.mutable_caller_answered()->set_answer(request.answer());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::TellCallerRequest& request,
                             const Context&) {
  if (absl::Status message = Required("message", request.message()); !message.ok()) return message;
  absl::StatusOr<Call> call = OpenThread(tables, request, kAnyState);
  if (!call.ok()) return call.status();
  Event event;
  event.mutable_caller_told()->set_name(request.name());
  event.mutable_caller_told()->set_message(request.message());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::NoteReplyRequest& request,
                             const Context&) {
  if (absl::Status reply = Required("reply", request.reply()); !reply.ok()) return reply;
  absl::StatusOr<Call> call = OpenThread(tables, request, kAnyState);
  if (!call.ok()) return call.status();
  Event event;
  event.mutable_reply_noted()->set_name(request.name());
  event.mutable_reply_noted()->set_reply(request.reply());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ReportNotFixedRequest& request,
                             const Context& context) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Call> call = Open(tables, request, {v1::CALL_STATE_CLOSED});
  if (!call.ok()) return call.status();
  if (!call->referred_to().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "ANSWERED_BY_ANOTHER_COUNCIL",
                  absl::StrCat(call->referred_to(), " answered ", request.name(),
                               "; log a new call, and refer it to them again"));
  }
  absl::Time until = NotFixedUntil(tables, *call, context);
  if (context.now >= until) {
    return Refuse(
        absl::StatusCode::kFailedPrecondition, "TOO_LATE",
        absl::StrCat(request.name(), " could be reported as not fixed until ",
                     absl::FormatTime("%Y-%m-%d", until - absl::Seconds(1), absl::UTCTimeZone()),
                     "; log a new call"));
  }
  Event event;
  v1::CallReopened& reopened = *event.mutable_call_reopened();
  reopened.set_name(request.name());
  reopened.set_problem(ProblemOf(*call));
  reopened.set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::SayAffectedRequest& request,
                             const Context&) {
  if (request.request_id().empty()) {
    return InvalidField("request_id",
                        "is required: whoever says it again with the same id is counted once");
  }
  absl::StatusOr<Call> call = Open(tables, request, kAnyOpen);
  if (!call.ok()) return call.status();
  Event event;
  v1::AffectedSaid& said = *event.mutable_affected_said();
  said.set_name(request.name());
  said.set_problem(ProblemOf(*call));
  said.set_count(call->affected_too() + 1);
  return event;
}

}  // namespace ccfa::intake
