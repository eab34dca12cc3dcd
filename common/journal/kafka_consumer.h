#pragma once

#include <librdkafka/rdkafkacpp.h>

#include <memory>

#include "absl/status/statusor.h"
#include "common/journal/kafka_producer.h"

namespace ccfa::journal {

/// A reader that is told where to read, commits nothing, and says so when what it should read is
/// gone. INVALID_ARGUMENT naming the setting that librdkafka does not take.
absl::StatusOr<std::unique_ptr<RdKafka::KafkaConsumer>> NewConsumer(KafkaSettings settings);

}  // namespace ccfa::journal
