#include "common/journal/kafka_consumer.h"

namespace ccfa::journal {

absl::StatusOr<std::unique_ptr<RdKafka::KafkaConsumer>> NewConsumer(KafkaSettings settings) {
  settings["group.id"] = "ccfa";  // asked for, and not used: partitions are assigned by claims
  settings["enable.auto.commit"] = "false";
  settings["auto.offset.reset"] = "error";
  settings.try_emplace("fetch.error.backoff.ms", "50");
  settings.try_emplace("reconnect.backoff.max.ms", "1000");
  absl::StatusOr<std::unique_ptr<RdKafka::Conf>> conf = NewConf(settings);
  if (!conf.ok()) return conf.status();
  std::string error;
  std::unique_ptr<RdKafka::KafkaConsumer> consumer(
      RdKafka::KafkaConsumer::create(conf->get(), error));
  if (!consumer) return absl::InvalidArgumentError(error);
  return consumer;
}

}  // namespace ccfa::journal
