#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace ccfa::bench {

/// The journal on Kafka beside raw produce of the same bytes to the same broker, in turns.
struct KafkaRates {
  double append_us = 0;
  double raw_us = 0;
  double appends_a_second = 0;
  double raw_a_second = 0;
};

/// `servers` as librdkafka takes them; topics of its own are made there. `batch` records an append
/// for the rates a second, one for the latencies.
absl::StatusOr<KafkaRates> MeasureKafka(const std::string& servers, const std::string& folder,
                                        int rounds, int batch);

}  // namespace ccfa::bench
