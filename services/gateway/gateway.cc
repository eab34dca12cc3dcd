#include "services/gateway/gateway.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/core/refusal.h"
#include "common/identity/provider_keys.h"
#include "common/rpc/request.h"
#include "common/rpc/server.h"
#include "common/telemetry/log.h"
#include "services/gateway/console/visitor.h"
#include "services/gateway/problem.h"

namespace ccfa::gateway {
namespace {

/// How many may ask at once from behind one address: an office, or a server in between.
constexpr int kPeopleAnAddress = 20;

bool IsLoopback(const std::string& address) {
  return rpc::CheckReach(address, rpc::TlsFiles()).ok();
}

/// Whose requests are counted together: a token's, or an address's without one. The token itself is
/// not kept, not even to count by.
std::string WhoAsks(const http::Request& request, bool tls) {
  std::string token = request.headers.Get("Authorization");
  if (token.empty()) token = console::CookieOf(request, console::SessionCookieName(tls));
  return token.empty() ? request.from : Digest(token);
}

std::unique_ptr<console::Provider> ProviderOf(const Gateway::Options& options) {
  if (options.provider.issuer.empty()) return nullptr;
  auto exchange = [ca = options.provider_ca, client = options.provider.client,
                   secret = options.provider.secret](const std::string& url,
                                                     const std::string& form) {
    return form.empty() ? identity::FetchHttps(url, ca)
                        : identity::PostHttps(url, form, client, secret, ca);
  };
  return std::make_unique<console::Provider>(options.provider, std::move(exchange));
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
      console_(upstream_, events_, time, {options_.tls.on(), ProviderOf(options_), options_.tiles}),
      open311_(upstream_, time, options_.tls.on() ? "https" : "http"),
      of_people_(options_.requests_a_second, time),
      of_addresses_(kPeopleAnAddress * options_.requests_a_second, time) {}

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

absl::Status Gateway::Admit(const http::Request& request) {
  if (absl::Status host = CheckHost(request); !host.ok()) return host;
  if (options_.requests_a_second <= 0) return absl::OkStatus();
  // First, so that made-up tokens, each new, are soon not even counted.
  if (absl::Status address = of_addresses_.Take(request.from); !address.ok()) return address;
  return of_people_.Take(WhoAsks(request, options_.tls.on()));
}

http::Response Gateway::Answer(const http::Request& request) {
  if (request.path == "/healthz") return Alive();
  const absl::Status admitted = Admit(request);
  if (Open311::IsAt(request.path)) return open311_.Answer(request, admitted);
  if (!absl::StartsWith(request.path, "/v1/")) return console_.Answer(request, admitted);
  return admitted.ok() ? rest_.Answer(request) : ToProblem(admitted);
}

}  // namespace ccfa::gateway
