#pragma once

#include <memory>
#include <string>

#include "common/journal/kafka_partitions.h"

namespace ccfa::kafka {

/// One process's side of a topic: its journal and the folder of its local copy.
class Side {
 public:
  /// `owner` empty: only reads. `others_answer`: what it finds when it asks for another owner.
  Side(std::string topic, journal::KafkaSettings settings, std::string owner,
       bool others_answer = true);
  ~Side();

  journal::KafkaJournal& journal() { return *journal_; }
  /// Ends the process, so to say, and starts it again; with `forget`, on another machine.
  void Restart(bool forget = false);
  void Stop();

  /// Appends these texts as records of one council that follow what the journal has.
  absl::Status Append(const std::vector<std::string>& texts);
  /// Appends it as a client does that is not told the outcome: until it is there, once.
  bool Insist(const std::string& text);
  /// Every record's text, in order.
  std::string Texts();

  /// Waits until it owns the partition, or has read so many records; false when that takes long.
  bool Owns();
  bool Reaches(uint64_t seq);
  bool Halts();

 private:
  bool Await(const std::function<bool()>& reached) const;
  void Start();

  const std::string topic_, folder_;
  const journal::KafkaSettings settings_;
  const std::string owner_;
  const bool others_answer_;
  std::unique_ptr<state::Database> copies_;
  std::unique_ptr<journal::KafkaJournal> journal_;
  std::unique_ptr<journal::KafkaPartitions> partitions_;
};

/// A record with a text as its event, that follows `last`.
std::string RecordOf(const std::string& text, uint64_t epoch, uint64_t seq,
                     const std::string& last);

}  // namespace ccfa::kafka
