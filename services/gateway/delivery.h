#pragma once

#include <deque>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "common/core/clock.h"
#include "services/gateway/webhook_file.h"

namespace ccfa::gateway {

/// What is posted to a receiver, and signed.
struct Post {
  std::string id;
  std::string timestamp;
  std::string signature;
  std::string body;
};

/// What a receiver answered.
struct Answer {
  /// Of HTTP.
  int status = 0;
  /// By its Retry-After: how long it wants to be left alone. Zero where it does not say.
  absl::Duration retry_after = absl::ZeroDuration();
};

/// Tells one receiver what happens in its council: in order, and each event at least once, for
/// however long it takes. Where it has got to is kept after the receiver has said that it has the
/// event, and by nobody else. One thread at a time.
class Delivery {
 public:
  /// What stands outside of it.
  struct World {
    /// A page of events by the subscription's rights. Blocks.
    std::function<absl::StatusOr<insight::v1::ListEventsResponse>(
        const insight::v1::ListEventsRequest&)>
        ask;
    /// An error where the receiver did not answer. Blocks.
    std::function<absl::StatusOr<Answer>(const Post&)> post;
    /// Keeps a cursor, durably.
    std::function<absl::Status(const std::string&)> keep;
    const TimeSource& time;
    /// Between 0 and 1.
    std::function<double()> chance;
  };

  /// `cursor` is the last that was kept; empty: it begins now.
  Delivery(Webhook webhook, std::string cursor, World world)
      : webhook_(std::move(webhook)), kept_(std::move(cursor)), world_(std::move(world)) {}

  /// Asks, or delivers one event; how long to wait before the next step. InfiniteDuration once it
  /// is over: the receiver is gone (410), or the cursor is none of this council's.
  absl::Duration Step();

 private:
  absl::Duration AskForEvents();
  absl::Duration Deliver(const insight::v1::CouncilEvent& event);
  absl::Status Keep(const std::string& cursor);
  /// Says what came of an event, for people who look after the receiver. How long to wait: no less
  /// than `at_least`, within reason.
  absl::Duration Failed(const insight::v1::CouncilEvent& event, absl::string_view why,
                        absl::Duration at_least = absl::ZeroDuration());
  absl::Duration Stop(absl::string_view why);
  absl::Duration LagOf(const insight::v1::CouncilEvent& event) const;

  const Webhook webhook_;
  std::string kept_;
  const World world_;
  std::deque<insight::v1::CouncilEvent> waiting_;
  /// Behind what waits; empty while nobody was asked.
  std::string next_;
  int failures_ = 0;
  bool stopped_ = false;
};

/// What a receiver tells a delivery from another by: the same whenever the event is sent. Unique
/// over councils, without the full stop that parts what is signed.
std::string WebhookId(absl::string_view council, const insight::v1::HistoryEntry& entry);

}  // namespace ccfa::gateway
