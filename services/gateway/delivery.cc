#include "services/gateway/delivery.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/telemetry/log.h"
#include "services/gateway/backoff.h"
#include "services/gateway/fields.h"

namespace ccfa::gateway {
namespace {

using insight::v1::CouncilEvent;
using telemetry::Level;
using telemetry::Log;

constexpr int kEventsAPage = 100;
constexpr absl::Duration kAskEvery = absl::Seconds(1);
constexpr absl::Duration kLongestForReceiver = absl::Hours(1), kLongestForUs = absl::Minutes(1);
constexpr int kDone = 200, kNotDone = 300, kGone = 410;

/// It will be refused however often it is asked.
bool IsForGood(const absl::Status& refusal) {
  return absl::IsInvalidArgument(refusal) || ReasonOf(refusal) == "CURSOR_AHEAD";
}

}  // namespace

std::string WebhookId(absl::string_view council, const insight::v1::HistoryEntry& entry) {
  return absl::StrReplaceAll(absl::StrCat(council, "/", entry.event_id()), {{".", "_"}});
}

absl::Duration Delivery::Step() {
  if (stopped_) return absl::InfiniteDuration();
  while (!waiting_.empty() && !IsFor(webhook_.subscription, waiting_.front().entry().type()))
    waiting_.pop_front();
  return waiting_.empty() ? AskForEvents() : Deliver(waiting_.front());
}

absl::Duration Delivery::AskForEvents() {
  insight::v1::ListEventsRequest request;
  request.set_parent(absl::StrCat("councils/", webhook_.subscription.council()));
  request.set_page_size(kEventsAPage);
  const std::string& behind = next_.empty() ? kept_ : next_;
  behind.empty() ? request.set_from_now(true) : request.set_after(behind);
  absl::StatusOr<insight::v1::ListEventsResponse> answer = world_.ask(request);
  absl::Status status = answer.status();
  // For what stood at the end of a page and was not wanted nobody else says that it is behind us.
  if (status.ok() && behind != kept_) status = Keep(behind);
  if (status.ok() && kept_.empty()) status = Keep(answer->next());
  if (!status.ok()) {
    if (IsForGood(status)) return Stop(status.message());
    // An account must not be locked by a password that is none of its any more.
    const absl::Duration longest =
        absl::IsUnauthenticated(status) ? kLongestForReceiver : kLongestForUs;
    const absl::Duration wait = BackoffAfter(++failures_, longest, world_.chance());
    Log(Level::kWarning, "webhook_cannot_read",
        {{"subscription", webhook_.subscription.name()},
         {"why", std::string(status.message())},
         {"next_in_s", absl::ToDoubleSeconds(wait)}});
    return wait;
  }
  failures_ = 0;
  waiting_.assign(answer->events().begin(), answer->events().end());
  next_ = answer->next();
  return waiting_.empty() ? kAskEvery : absl::ZeroDuration();
}

absl::Duration Delivery::Deliver(const CouncilEvent& event) {
  Post post;
  post.id = WebhookId(webhook_.subscription.council(), event.entry());
  const int64_t now_s = absl::ToUnixSeconds(world_.time.Now());
  post.timestamp = absl::StrCat(now_s);
  post.body = ToJson(event.entry());
  post.signature = webhook_.secrets.Sign(post.id, now_s, post.body);
  absl::StatusOr<Answer> answer = world_.post(post);
  if (!answer.ok()) return Failed(event, answer.status().message());
  if (answer->status == kGone) return Stop("the receiver says that it is gone (410)");
  if (answer->status < kDone || answer->status >= kNotDone) {
    return Failed(event, absl::StrCat("the receiver answered ", answer->status),
                  answer->retry_after);
  }
  if (absl::Status kept = Keep(event.cursor()); !kept.ok()) return Failed(event, kept.message());
  if (failures_ > 0) {
    Log(Level::kInfo, "webhook_delivers_again",
        {{"subscription", webhook_.subscription.name()},
         {"failures", failures_},
         {"lag_s", absl::ToDoubleSeconds(LagOf(event))}});
  }
  failures_ = 0;
  waiting_.pop_front();
  return absl::ZeroDuration();
}

absl::Status Delivery::Keep(const std::string& cursor) {
  absl::Status kept = world_.keep(cursor);
  if (kept.ok()) kept_ = cursor;
  return kept;
}

absl::Duration Delivery::Failed(const CouncilEvent& event, absl::string_view why,
                                absl::Duration at_least) {
  const absl::Duration wait =
      std::max(BackoffAfter(++failures_, kLongestForReceiver, world_.chance()),
               std::min(at_least, kLongestForReceiver));
  Log(Level::kWarning, "webhook_not_delivered",
      {{"subscription", webhook_.subscription.name()},
       {"webhook_id", WebhookId(webhook_.subscription.council(), event.entry())},
       {"why", std::string(why)},
       {"failures", failures_},
       {"lag_s", absl::ToDoubleSeconds(LagOf(event))},
       {"next_in_s", absl::ToDoubleSeconds(wait)}});
  return wait;
}

absl::Duration Delivery::Stop(absl::string_view why) {
  stopped_ = true;
  Log(Level::kError, "webhook_stopped",
      {{"subscription", webhook_.subscription.name()},
       {"why", std::string(why)},
       {"effect", "nothing more is sent to it until the gateway is started again"}});
  return absl::InfiniteDuration();
}

absl::Duration Delivery::LagOf(const CouncilEvent& event) const {
  return world_.time.Now() - FromProto(event.entry().time());
}

}  // namespace ccfa::gateway
