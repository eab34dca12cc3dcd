#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/journal/journal.h"
#include "common/state/database.h"

namespace ccfa::journal {

/// A journal in the column family of its topic, in the RocksDB of journals: keys are big-endian
/// offsets, and offset and seq are the same. All journals of a process share one write-ahead log,
/// which is what makes Durability::kWithNext safe: a synced record makes every earlier one durable.
class EmbeddedJournal final : public Journal {
 public:
  EmbeddedJournal(state::Database& database, std::string topic);

  const std::string& topic() const override { return topic_; }
  absl::Status Health() const override { return database_.failure(); }
  uint64_t generation() const override { return database_.generation(); }
  absl::Status Append(const std::vector<Sealed>& records, Durability durability) override;
  absl::StatusOr<uint64_t> End() const override;
  absl::Status Read(uint64_t after, const Visit& visit) const override;
  void OnAppend(Ring ring) override { rings_.push_back(std::move(ring)); }

 private:
  state::Database& database_;
  const std::string topic_;
  std::vector<Ring> rings_;
  /// The end as last appended or looked up, and the opening of the database it belongs to.
  mutable std::mutex mutex_;
  mutable uint64_t end_ = 0;
  mutable uint64_t end_generation_ = 0;
};

}  // namespace ccfa::journal
