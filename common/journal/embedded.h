#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/journal/journal.h"
#include "common/state/database.h"

namespace ccfa::journal {

/// A journal in the column family of its topic, in the RocksDB of journals: keys are its partition
/// and the offset, big-endian, and offset and seq are the same. All journals of a process share one
/// write-ahead log, which is what makes Durability::kWithNext safe: a synced record makes every
/// earlier one durable.
class EmbeddedJournal final : public Journal {
 public:
  /// `epoch`: what its records are written under; more than 1 behind records that were on Kafka.
  EmbeddedJournal(state::Database& database, std::string topic, int partition = 0,
                  uint64_t epoch = 1);

  /// The key of a record.
  static std::string KeyOf(int partition, uint64_t offset);

  const std::string& topic() const override { return topic_; }
  int partition() const override { return partition_; }
  absl::Status Health() const override { return database_.failure(); }
  /// Nobody else has its database.
  absl::Status IsCurrent() const override { return absl::OkStatus(); }
  void AskEnd(ThenEnd then) override { then(End()); }
  uint64_t generation() const override { return database_.generation(); }
  uint64_t epoch() const override { return epoch_; }
  absl::Status Append(const std::vector<Sealed>& records, Durability durability) override;
  absl::StatusOr<uint64_t> End() const override;
  absl::Status Read(uint64_t after, const Visit& visit) const override;
  void OnAppend(Ring ring) override { rings_.push_back(std::move(ring)); }

 private:
  state::Database& database_;
  const std::string topic_;
  const int partition_;
  const uint64_t epoch_;
  const std::string past_the_last_;  // no key of it comes behind
  std::vector<Ring> rings_;
  /// The end as last appended or looked up, and the opening of the database it belongs to.
  mutable std::mutex mutex_;
  mutable uint64_t end_ = 0;
  mutable uint64_t end_generation_ = 0;
};

}  // namespace ccfa::journal
