#pragma once

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/labels.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace ccfa::telemetry {

// The figures of a process, which Prometheus fetches. Any thread may call it; what the Add methods
// return lives as long as this object, so callers keep the pointer and pay no look-up to count.
// The same name and labels give the same metric. A name or label that Prometheus refuses, or one
// name for two kinds of metric, is a mistake in the program and ends the process.
class Metrics {
 public:
  prometheus::Counter* AddCounter(const std::string& name, const std::string& help,
                                  const prometheus::Labels& labels = {}) noexcept;
  prometheus::Gauge* AddGauge(const std::string& name, const std::string& help,
                              const prometheus::Labels& labels = {}) noexcept;
  // A histogram of durations in seconds, with buckets from half a millisecond to ten seconds.
  prometheus::Histogram* AddLatency(const std::string& name, const std::string& help,
                                    const prometheus::Labels& labels = {}) noexcept;

  // Answers GET /metrics at `address` ("127.0.0.1:9464", "[::1]:0") until this object dies, which
  // may take two seconds. Called once, by the thread that owns this. Returns the port, which the
  // system chooses for port 0. INVALID_ARGUMENT: not an address and port, or an address that other
  // machines reach. UNAVAILABLE: nothing could be opened there.
  absl::StatusOr<int> Serve(const std::string& address);

 private:
  const std::shared_ptr<prometheus::Registry> registry_ = std::make_shared<prometheus::Registry>();
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace ccfa::telemetry
