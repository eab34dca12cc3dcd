#pragma once

#include <librdkafka/rdkafkacpp.h>

#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "common/journal/kafka_producer.h"
#include "common/journal/kafka_reader.h"

namespace ccfa::journal {

/// Asks the brokers where partitions end, over connections of its own: on a reader's, the question
/// would wait until there is something to read.
class KafkaEnds {
 public:
  /// INVALID_ARGUMENT naming the setting that librdkafka does not take.
  static absl::StatusOr<std::unique_ptr<KafkaEnds>> Create(const KafkaSettings& settings);

  /// Asks over a session made now, with files that were replaced. Any thread.
  absl::Status Renew(const KafkaSettings& settings);

  /// The offsets behind the last message that every in-sync replica has, in the followers' order;
  /// -1 for a partition that did not answer in time. Any thread.
  std::vector<int64_t> Ask(const std::vector<KafkaFollower*>& followers);

 private:
  using Client = std::shared_ptr<RdKafka::Producer>;

  explicit KafkaEnds(Client client) : client_(std::move(client)) {}
  /// False when not all of them answered.
  static bool Ask(RdKafka::Producer& client, std::vector<RdKafka::TopicPartition*>& partitions,
                  int patience_ms);
  /// Other brokers may lead the partitions now, which a question in vain does not find out.
  static void LearnLeaders(RdKafka::Producer& client);

  std::mutex mutex_;
  Client client_;  // guarded by mutex_
};

}  // namespace ccfa::journal
