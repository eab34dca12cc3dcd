#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/journal/kafka_producer.h"

namespace ccfa::journal {

/// How topics are laid out.
struct TopicLayout {
  /// 0: as many as there are, or the default.
  int partitions = 0;
  int replication = 3;
  /// Whether it is a copy that asks, which may go on where one was interrupted.
  bool is_copy = false;
};

inline constexpr int kDefaultPartitions = 12;

/// Makes a topic that keeps its records for ever. What is there already is left as it is.
absl::Status CreateTopic(const KafkaSettings& settings, const std::string& topic, int partitions,
                         int replication);

/// Makes those of these topics that are not there, and the owner table; the rest must be laid out
/// so that nothing is lost: FAILED_PRECONDITION saying what to change. UNAVAILABLE when the broker
/// does not answer. FAILED_PRECONDITION also while a copy into them is unfinished. The number of
/// partitions they all have.
absl::StatusOr<int> PrepareTopics(const KafkaSettings& settings,
                                  const std::vector<std::string>& topics,
                                  const TopicLayout& layout);

/// The same for the topic of people's keys, from which what is destroyed must go. How long its
/// segments are written to at most.
absl::StatusOr<absl::Duration> PrepareKeyTopic(const KafkaSettings& settings, int partitions,
                                               int replication);

/// The journal's topics that are there.
struct JournalTopics {
  std::map<std::string, int> partitions;
  /// Of the topic of people's keys; 0 where it is not there.
  int key_partitions = 0;
  /// A copy into them began, and did not come to its end.
  bool unfinished = false;
};
absl::StatusOr<JournalTopics> FindJournalTopics(const KafkaSettings& settings, bool is_copy);

/// Keeps processes from opening the topics while a copy fills them: by a topic, which they see
/// before they read any other.
absl::Status MarkUnfinished(const KafkaSettings& settings, int replication);
absl::Status UnmarkUnfinished(const KafkaSettings& settings);

}  // namespace ccfa::journal
