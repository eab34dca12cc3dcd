#pragma once

#include "common/http/message.h"
#include "services/gateway/event_streams.h"
#include "services/gateway/routes.h"
#include "services/gateway/upstream.h"

namespace ccfa::gateway {

/// Every RPC as REST: paths and bodies by google.api.http, messages as protobuf's JSON, refusals as
/// RFC 9457's problems. Who asks is said as to the services themselves, `Authorization: Bearer` or
/// `Ccfa-Actor`, and judged by them; no cookie counts, so no page of another site can ask for its
/// reader. Thread-safe.
class Rest {
 public:
  /// All of them outlive it.
  Rest(const Routes& routes, Upstream& upstream, EventStreams& events)
      : routes_(routes), upstream_(upstream), events_(events) {}

  http::Response Answer(const http::Request& request);

 private:
  const Routes& routes_;
  Upstream& upstream_;
  EventStreams& events_;
};

}  // namespace ccfa::gateway
