#pragma once

#include <atomic>
#include <functional>

#include "absl/status/statusor.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "common/core/clock.h"
#include "common/http/message.h"
#include "services/gateway/errands.h"
#include "services/gateway/upstream.h"

namespace ccfa::gateway {

/// A council's events as they happen, as server-sent events: each with its cursor, by which a
/// browser that lost the connection goes on, its type, and what history says of it as JSON. Asks
/// for them as anybody would, with the token that the stream was opened with, so that whoever may
/// no longer ask is told nothing more. Thread-safe.
class EventStreams {
 public:
  /// One question, waiting or not where the services are only getting ready. Blocks.
  using Ask = std::function<absl::StatusOr<insight::v1::ListEventsResponse>(
      const insight::v1::ListEventsRequest& request, const Metadata& metadata, bool patiently)>;

  /// The time outlives it, and it its streams. At most so many of these at a time.
  EventStreams(Ask ask, const TimeSource& time, int most = 500)
      : ask_(std::move(ask)), time_(time), most_(most) {}

  /// Whether a request for the RPC accepts a stream.
  static bool AreAskedFor(const http::Request& from,
                          const google::protobuf::MethodDescriptor& method);

  /// The stream, or the problem: whatever the services refuse; UNAVAILABLE TOO_MANY_STREAMS;
  /// INVALID_ARGUMENT for one of the past, where nothing happens any more.
  http::Response Open(const http::Request& from, insight::v1::ListEventsRequest request,
                      Metadata metadata);

  /// Asks nothing more; what is being asked is awaited. The streams end with their server.
  void Stop() { errands_.Stop(); }

 private:
  class Events;

  const Ask ask_;
  const TimeSource& time_;
  const int most_;
  std::atomic<int> open_ = 0;
  /// Last: what is still asked uses the above.
  Errands errands_{kAskingAtATime};
  static constexpr int kAskingAtATime = 4;
};

/// Asks the services behind the gateway, which outlive it.
EventStreams::Ask AskingForEvents(Upstream& upstream);

}  // namespace ccfa::gateway
