#include "services/gateway/gateway.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/core/refusal.h"
#include "common/rpc/request.h"
#include "common/rpc/server.h"
#include "common/telemetry/log.h"
#include "services/gateway/problem.h"

namespace ccfa::gateway {
namespace {

bool IsLoopback(const std::string& address) {
  return rpc::CheckReach(address, rpc::TlsFiles()).ok();
}

http::Response Alive() {
  http::Response response;
  response.headers.Add("Content-Type", "text/plain; charset=utf-8");
  response.body = "ok\n";
  return response;
}

}  // namespace

Gateway::Gateway(Options options, std::unique_ptr<client::Cluster> cluster, const TimeSource& time)
    : options_(std::move(options)),
      on_loopback_(IsLoopback(options_.listen)),
      upstream_(std::move(cluster), on_loopback_),
      events_(AskingForEvents(upstream_), time),
      rest_(Routes::OfEveryService(), upstream_, events_),
      limit_(options_.requests_a_second, time) {}

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(Options options,
                                                        std::unique_ptr<client::Cluster> cluster,
                                                        const TimeSource& time) {
  std::unique_ptr<Gateway> gateway(new Gateway(std::move(options), std::move(cluster), time));
  if (const Webhooks::Files& files = gateway->options_.webhooks; !files.subscriptions.empty()) {
    auto webhooks = Webhooks::Start(files, gateway->upstream_, time);
    if (!webhooks.ok()) return webhooks.status();
    gateway->webhooks_ = *std::move(webhooks);
  }
  absl::StatusOr<std::unique_ptr<http::Server>> server = http::Server::Start(
      {.listen = gateway->options_.listen, .tls = gateway->options_.tls},
      [gateway = gateway.get()](const http::Request& request) { return gateway->Answer(request); });
  if (!server.ok()) return server.status();
  gateway->server_ = *std::move(server);
  telemetry::Log(telemetry::Level::kInfo, "http_started",
                 {{"port", gateway->port()}, {"tls", gateway->options_.tls.on()}});
  return gateway;
}

void Gateway::Drain(absl::Duration patience) {
  webhooks_.reset();
  events_.Stop();
  server_->Drain(patience);
}

absl::Status Gateway::CheckHost(const http::Request& request) const {
  const std::string host = request.headers.Get("Host");
  if (!on_loopback_ || IsLoopback(absl::StrContains(host, ':') ? host : host + ":80"))
    return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "NOT_THIS_HOST",
                "this server is asked as localhost or 127.0.0.1", "Host");
}

http::Response Gateway::Answer(const http::Request& request) {
  if (request.path == "/healthz") return Alive();
  if (absl::Status host = CheckHost(request); !host.ok()) return ToProblem(host);
  if (options_.requests_a_second > 0) {
    // A token is not kept, not even to count by.
    const std::string token = request.headers.Get("Authorization");
    absl::Status taken = limit_.Take(token.empty() ? request.from : Digest(token));
    if (!taken.ok()) return ToProblem(taken);
  }
  return rest_.Answer(request);
}

}  // namespace ccfa::gateway
