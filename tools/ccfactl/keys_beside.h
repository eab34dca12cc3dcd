#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/journal/archive.h"
#include "common/journal/kafka_archive.h"
#include "common/journal/kafka_reader.h"
#include "common/privacy/key_store.h"

namespace ccfa::ctl {

/// Where people's keys are kept beside a journal: in a folder, or on the same Kafka.
class KeysBeside {
 public:
  explicit KeysBeside(std::string folder) : name_(folder), folder_(std::move(folder)) {}
  explicit KeysBeside(journal::KafkaPlace place) : name_(place.name), kafka_(std::move(place)) {}

  const std::string& name() const { return name_; }
  /// Null where none were ever kept.
  absl::StatusOr<privacy::KeyStore*> Find();
  /// Made where it is not there: on Kafka with so many partitions.
  absl::StatusOr<privacy::KeyStore*> FindOrMake(int partitions);

 private:
  absl::StatusOr<privacy::KeyStore*> OpenOnKafka(int partitions);

  std::string name_, folder_;
  std::optional<journal::KafkaPlace> kafka_;
  std::unique_ptr<privacy::KeyStore> store_;
  std::unique_ptr<journal::KafkaReader> reader_;  // reads for the store, and goes before it
};

/// Brings people's keys along with a journal whose records were copied. FAILED_PRECONDITION NO_KEYS
/// where there must be some and none are found.
absl::Status CopyKeys(journal::Archive& journal, KeysBeside& from, KeysBeside& to);

}  // namespace ccfa::ctl
