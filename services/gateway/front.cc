#include "services/gateway/front.h"

#include <utility>

#include "services/gateway/gateway.h"

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
  Gateway::Options options{.listen = std::move(place.listen),
                           .tls = place.tls,
                           .webhooks = {place.webhooks, place.webhooks_state}};
  // Other processes are there on Kafka alone, and then an authority is given to know them by.
  auto cluster = std::make_unique<client::Cluster>(
      std::move(place.services), place.tls.ca.empty() ? rpc::TlsFiles() : place.tls);
  absl::StatusOr<std::unique_ptr<Gateway>> gateway =
      Gateway::Start(std::move(options), std::move(cluster), place.time);
  if (!gateway.ok()) return gateway.status();
  return std::make_unique<GatewayFront>(*std::move(gateway));
}

}  // namespace ccfa::gateway
