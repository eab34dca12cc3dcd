// The front door as a process of its own: HTTP for whoever does not speak gRPC, before the services
// at --server, wherever these are.

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "common/rpc/grpc_log.h"
#include "common/telemetry/log.h"
#include "services/gateway/gateway.h"
#include "services/gateway/openapi.h"
#include "services/gateway/sign_in.h"

namespace ccfa::gateway {
namespace {

constexpr absl::Duration kDrainPatience = absl::Seconds(10);

struct Flags {
  Gateway::Options http;
  std::string server = "127.0.0.1:7400";
  rpc::TlsFiles tls;
  SignIn sign_in{.client = "ccfa"};
  bool print_openapi = false;
};

void AddSignIn(CLI::App& app, SignIn& flags, std::string& ca) {
  app.add_option("--sign-in", flags.issuer,
                 "https://ISSUER of the OpenID Connect provider where people sign in at the "
                 "console, the services' own; when left out: with a local account")
      ->envname("CCFA_SIGN_IN");
  app.add_option("--sign-in-client", flags.client,
                 "What this is called there; the services' --identity-audience")
      ->envname("CCFA_SIGN_IN_CLIENT")
      ->capture_default_str();
  app.add_option("--sign-in-secret-file", flags.secret_file, "File of the client's secret there")
      ->envname("CCFA_SIGN_IN_SECRET_FILE");
  app.add_option("--sign-in-ca", ca,
                 "The authority of its certificate (PEM); the machine's when left out")
      ->envname("CCFA_SIGN_IN_CA");
  app.add_option(
         "--identity-claims", flags.claims,
         "File of NAME=CLAIM a line, where it calls things otherwise: as the services have it")
      ->envname("CCFA_IDENTITY_CLAIMS");
  app.add_option("--public-url", flags.public_url,
                 "Where browsers reach this, as https://calls.example; needed with --sign-in")
      ->envname("CCFA_PUBLIC_URL");
}

void Add(CLI::App& app, Flags& flags) {
  app.add_option("--http", flags.http.listen,
                 "HOST:PORT of the HTTP server; loopback only without TLS, port 0 takes a free one")
      ->envname("CCFA_HTTP")
      ->capture_default_str();
  app.add_option("--http-cert", flags.http.tls.cert, "Its certificate chain (PEM)")
      ->envname("CCFA_HTTP_CERT");
  app.add_option("--http-key", flags.http.tls.key, "Its private key (PEM)")
      ->envname("CCFA_HTTP_KEY");
  app.add_option("--requests-a-second", flags.http.requests_a_second,
                 "How often each token may ask, and each address without one; an address with "
                 "tokens, 20 times as often; 0: as often as they like")
      ->envname("CCFA_REQUESTS_A_SECOND")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  CLI::Option* webhooks =
      app.add_option("--webhooks", flags.http.webhooks.subscriptions,
                     "File of receivers that are told by HTTP POST what happens in a council")
          ->envname("CCFA_WEBHOOKS");
  app.add_option("--webhooks-state", flags.http.webhooks.state,
                 "Folder that keeps how far each receiver has come; FILE.state when left out")
      ->envname("CCFA_WEBHOOKS_STATE")
      ->needs(webhooks);
  app.add_option("--map-tiles", flags.http.tiles.url,
                 "Pictures under the console's maps, as https://tiles.example/{z}/{x}/{y}.png; "
                 "none when left out, and nobody else is told who looks where")
      ->envname("CCFA_MAP_TILES");
  app.add_option("--map-attribution", flags.http.tiles.attribution, "Whom these are owed to")
      ->envname("CCFA_MAP_ATTRIBUTION");
  AddSignIn(app, flags.sign_in, flags.http.provider_ca);
  app.add_option("--server", flags.server,
                 "HOST:PORT of any one process of the services; several, apart by commas, of which "
                 "one must answer")
      ->envname("CCFA_SERVER")
      ->capture_default_str();
  app.add_option("--tls-cert", flags.tls.cert, "Certificate to show the services (PEM)")
      ->envname("CCFA_TLS_CERT");
  app.add_option("--tls-key", flags.tls.key, "Its private key (PEM)")->envname("CCFA_TLS_KEY");
  app.add_option("--tls-ca", flags.tls.ca, "The authority of the services (PEM)")
      ->envname("CCFA_TLS_CA");
  app.add_flag("--print-openapi", flags.print_openapi, "Print the OpenAPI document, and end");
}

absl::Status Serve(const Flags& flags) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  rpc::LogGrpc();
  SystemTime time;
  absl::StatusOr<console::Provider::Settings> provider = SettingsOf(flags.sign_in);
  if (!provider.ok()) return provider.status();
  Gateway::Options options = flags.http;
  options.provider = *std::move(provider);
  absl::StatusOr<std::unique_ptr<Gateway>> gateway = Gateway::Start(
      std::move(options), std::make_unique<client::Cluster>(flags.server, flags.tls), time);
  if (!gateway.ok()) return gateway.status();
  int signal = 0;
  sigwait(&signals, &signal);
  telemetry::Log(telemetry::Level::kInfo, "draining");
  (*gateway)->Drain(kDrainPatience);
  return absl::OkStatus();
}

}  // namespace
}  // namespace ccfa::gateway

int main(int argc, char** argv) {
  using namespace ccfa::gateway;
  Flags flags;
  CLI::App app("ccfa-gateway: the Community Call for Action over HTTP");
  Add(app, flags);
  CLI11_PARSE(app, argc, argv);
  if (flags.print_openapi) {
    std::cout << OpenApi(Routes::OfEveryService());
    return 0;
  }
  absl::Status status = Serve(flags);
  if (status.ok()) return 0;
  std::cerr << "ccfa-gateway: " << status.message() << "\n";
  return 1;
}
