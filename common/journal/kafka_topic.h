#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/journal/kafka_producer.h"

namespace ccfa::journal {

/// Makes a topic that can be a journal: kept for ever, and with three replicas or more not
/// acknowledged by one alone. OK when the topic is there already.
absl::Status CreateTopic(const KafkaSettings& settings, const std::string& topic, int partitions,
                         int replication);

}  // namespace ccfa::journal
