#pragma once

#include <string>

#include "common/journal/kafka_producer.h"

namespace ccfa::journal {

/// The files that the settings name: certificates, keys, authorities. librdkafka reads them when a
/// session is made, and never again.
class KafkaFiles {
 public:
  explicit KafkaFiles(const KafkaSettings& settings)
      : settings_(settings), in_use_(Read()), last_seen_(in_use_) {}

  bool any() const;
  /// Whether they are others than those in use, and stayed the same since it was last asked: no
  /// replacement is half done.
  bool AreReplaced();
  /// Sessions have been made with what was last seen.
  void Use() { in_use_ = last_seen_; }

 private:
  std::string Read() const;

  const KafkaSettings& settings_;
  std::string in_use_;
  std::string last_seen_;
};

}  // namespace ccfa::journal
