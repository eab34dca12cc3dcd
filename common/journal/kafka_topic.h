#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/journal/kafka_producer.h"

namespace ccfa::journal {

/// How topics are laid out.
struct TopicLayout {
  /// 0: as many as there are, or the default.
  int partitions = 0;
  int replication = 3;
};

inline constexpr int kDefaultPartitions = 12;

/// Makes a topic that keeps its records for ever. What is there already is left as it is.
absl::Status CreateTopic(const KafkaSettings& settings, const std::string& topic, int partitions,
                         int replication);

/// Makes those of these topics that are not there, and the owner table; the rest must be laid out
/// so that nothing is lost: FAILED_PRECONDITION saying what to change. UNAVAILABLE when the broker
/// does not answer. The number of partitions they all have.
absl::StatusOr<int> PrepareTopics(const KafkaSettings& settings,
                                  const std::vector<std::string>& topics,
                                  const TopicLayout& layout);

}  // namespace ccfa::journal
