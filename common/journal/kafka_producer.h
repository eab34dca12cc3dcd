#pragma once

#include <librdkafka/rdkafkacpp.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::journal {

/// librdkafka's settings by their own names; what an operator sets for TLS and SASL goes here too.
using KafkaSettings = std::map<std::string, std::string>;

/// INVALID_ARGUMENT naming the setting that librdkafka does not take. What librdkafka has to say
/// goes into our log.
absl::StatusOr<std::unique_ptr<RdKafka::Conf>> NewConf(const KafkaSettings& settings);

/// One idempotent session with one partition's leader. What it sends arrives in order, and once; it
/// is thrown away with the ownership under which it sent, so nothing of it is sent again later.
class KafkaProducer {
 public:
  static absl::StatusOr<std::unique_ptr<KafkaProducer>> Create(KafkaSettings settings,
                                                               std::string topic, int partition);
  ~KafkaProducer();
  KafkaProducer(const KafkaProducer&) = delete;
  KafkaProducer& operator=(const KafkaProducer&) = delete;

  struct Outgoing {
    std::unique_ptr<RdKafka::Headers> headers;
    std::string key;
    absl::string_view value;
  };

  /// Sends all of it and waits for every report: the offsets, in order, that all in-sync replicas
  /// have. UNAVAILABLE when one of them was not reported delivered, or for five seconds none was:
  /// it may land all the same, and the session is to be thrown away.
  absl::StatusOr<std::vector<int64_t>> Send(std::vector<Outgoing> messages);

  /// From here on it sends to another partition. Only while nothing of it is on its way.
  void TurnTo(std::string topic, int partition);

  /// Sends it without waiting: whether it landed is found by reading.
  absl::Status SendUnwatched(Outgoing message);
  /// Waits a little until nothing is on its way any more.
  void Flush();

 private:
  class Reports;

  KafkaProducer(std::string topic, int partition);
  absl::Status Produce(Outgoing& message, uintptr_t place);

  std::string topic_;
  int partition_;
  std::unique_ptr<Reports> reports_;
  std::unique_ptr<RdKafka::Producer> producer_;
};

}  // namespace ccfa::journal
