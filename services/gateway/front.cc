#include "services/gateway/front.h"

#include <utility>

#include "absl/strings/strip.h"
#include "services/gateway/gateway.h"
#include "services/gateway/sign_in.h"

namespace ccfa::gateway {
namespace {

class GatewayFront final : public host::Front {
 public:
  explicit GatewayFront(std::unique_ptr<Gateway> gateway) : gateway_(std::move(gateway)) {}
  void Drain(absl::Duration patience) override { gateway_->Drain(patience); }

 private:
  const std::unique_ptr<Gateway> gateway_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<host::Front>> StartFront(host::FrontPlace place) {
  absl::string_view issuer = place.identity.mode;
  const bool at_provider = absl::ConsumePrefix(&issuer, "oidc=") && !place.flags.public_url.empty();
  absl::StatusOr<console::Provider::Settings> provider =
      SettingsOf({.issuer = at_provider ? std::string(issuer) : "",
                  .client = place.identity.audience,
                  .secret_file = place.flags.sign_in_secret_file,
                  .public_url = place.flags.public_url,
                  .claims = place.identity.claims});
  if (!provider.ok()) return provider.status();
  Gateway::Options options{.listen = place.flags.http,
                           .tls = place.tls,
                           .requests_a_second = place.flags.requests_a_second,
                           .webhooks = {place.flags.webhooks, place.flags.webhooks_state},
                           .provider = *std::move(provider),
                           .provider_ca = place.identity.ca,
                           .tiles = {place.flags.map_tiles, place.flags.map_attribution}};
  // Other processes are there on Kafka alone, and then an authority is given to know them by.
  auto cluster = std::make_unique<client::Cluster>(
      std::move(place.services), place.tls.ca.empty() ? rpc::TlsFiles() : place.tls);
  absl::StatusOr<std::unique_ptr<Gateway>> gateway =
      Gateway::Start(std::move(options), std::move(cluster), place.time);
  if (!gateway.ok()) return gateway.status();
  return std::make_unique<GatewayFront>(*std::move(gateway));
}

}  // namespace ccfa::gateway
