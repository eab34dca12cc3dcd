#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/core/clock.h"
#include "common/http/server.h"
#include "services/gateway/console/console.h"
#include "services/gateway/event_streams.h"
#include "services/gateway/open311.h"
#include "services/gateway/rate_limit.h"
#include "services/gateway/rest.h"
#include "services/gateway/upstream.h"
#include "services/gateway/webhooks.h"

namespace ccfa::gateway {

/// The front door: one address for whoever does not speak gRPC.
class Gateway {
 public:
  struct Options {
    /// HOST:PORT; beyond loopback only with TLS, and then only tokens say who asks.
    std::string listen = "127.0.0.1:8080";
    rpc::TlsFiles tls;
    /// For each token, and for each address without one; 0: as many as come.
    double requests_a_second = 100;
    Webhooks::Files webhooks = {};
    /// Where people sign in at the console; without an issuer: here, with a local account.
    console::Provider::Settings provider = {};
    /// The authority of the provider's certificate (PEM); the machine's when empty.
    std::string provider_ca = {};
    /// Under the console's maps.
    console::Tiles tiles = {};
  };

  /// Whatever outlives it: the time, the services behind.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(Options options,
                                                        std::unique_ptr<client::Cluster> cluster,
                                                        const TimeSource& time);

  int port() const { return server_->port(); }
  /// When it is done, nothing of it asks the services any more, unless it took longer than that.
  void Drain(absl::Duration patience);

 private:
  Gateway(Options options, std::unique_ptr<client::Cluster> cluster, const TimeSource& time);
  http::Response Answer(const http::Request& request);
  /// RESOURCE_EXHAUSTED, and what CheckHost refuses.
  absl::Status Admit(const http::Request& request);
  /// FAILED_PRECONDITION NOT_THIS_HOST: a page of elsewhere that had its name lead to this machine.
  absl::Status CheckHost(const http::Request& request) const;

  const Options options_;
  const bool on_loopback_;
  Upstream upstream_;
  EventStreams events_;
  Rest rest_;
  console::Console console_;
  Open311 open311_;
  RateLimit of_people_, of_addresses_;
  std::unique_ptr<Webhooks> webhooks_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace ccfa::gateway
