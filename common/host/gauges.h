#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "common/host/host.h"
#include "common/telemetry/metrics.h"

namespace ccfa::host {

/// What Prometheus sees of a host: health, lag, commands and records of each service, as of the
/// last update.
class Gauges {
 public:
  absl::Status Serve(const std::string& address) { return metrics_.Serve(address).status(); }
  void Update(Host& host);
  /// Any thread.
  void Appended(const std::string& topic, absl::Duration took);

 private:
  telemetry::Metrics metrics_;
};

}  // namespace ccfa::host
