#include "common/telemetry/metrics.h"

#include <arpa/inet.h>

#include <cstddef>
#include <exception>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace ccfa::telemetry {
namespace {

// One scraper asks a few times a minute.
constexpr std::size_t kExposerThreads = 1;

const prometheus::Histogram::BucketBoundaries kLatencySeconds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

bool IsLoopback(const std::string& host) {
  in_addr address;
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) {
    return (ntohl(address.s_addr) >> 24) == IN_LOOPBACKNET;
  }
  return host == "[::1]";
}

// Civetweb reads more into the text than an address (several, TLS, redirects): refuse all that.
absl::Status CheckAddress(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  int port = -1;
  if (colon == std::string::npos || !absl::SimpleAtoi(address.substr(colon + 1), &port) ||
      port < 0 || port > 65535) {
    return absl::InvalidArgumentError(absl::StrCat(
        "metrics address: expected an IP address and a port such as 127.0.0.1:9464, got \"",
        address, "\""));
  }
  if (!IsLoopback(address.substr(0, colon))) {
    return absl::InvalidArgumentError(absl::StrCat(
        "metrics address: expected a loopback address (127.0.0.1 or [::1]), got \"", address,
        "\": metrics are served without encryption or a password, so no other machine may reach "
        "them; let a collector on this machine fetch them"));
  }
  return absl::OkStatus();
}

}  // namespace

prometheus::Counter* Metrics::AddCounter(const std::string& name, const std::string& help,
                                         const prometheus::Labels& labels) noexcept {
  return &prometheus::BuildCounter().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Gauge* Metrics::AddGauge(const std::string& name, const std::string& help,
                                     const prometheus::Labels& labels) noexcept {
  return &prometheus::BuildGauge().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Histogram* Metrics::AddLatency(const std::string& name, const std::string& help,
                                           const prometheus::Labels& labels) noexcept {
  return &prometheus::BuildHistogram()
              .Name(name)
              .Help(help)
              .Register(*registry_)
              .Add(labels, kLatencySeconds);
}

absl::StatusOr<int> Metrics::Serve(const std::string& address) {
  if (absl::Status status = CheckAddress(address); !status.ok()) return status;
  try {
    exposer_ = std::make_unique<prometheus::Exposer>(address, kExposerThreads);
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("metrics address ", address, ": cannot listen there: ", error.what()));
  }
  exposer_->RegisterCollectable(registry_);
  return exposer_->GetListeningPorts().at(0);
}

}  // namespace ccfa::telemetry
