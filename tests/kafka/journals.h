#pragma once

#include <memory>
#include <string>

#include "common/journal/kafka_partitions.h"

namespace ccfa::kafka {

/// The texts of a journal's records, in order.
std::string TextsOf(const journal::Journal& journal);

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
  /// Restarts with everything it read, and no memory of how far it had come.
  void Rewind();

  /// Appends these texts as records of one council that follow what the journal has.
  absl::Status Append(const std::vector<std::string>& texts);
  /// Appends it as a client does that is not told the outcome: until it is there, once.
  bool Insist(const std::string& text);
  std::string Texts() const { return TextsOf(*journal_); }

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

/// A journal that reads what it is told to read, and when.
class SteppedSide {
 public:
  SteppedSide(const std::string& topic, const journal::KafkaSettings& settings,
              const std::string& owner);
  ~SteppedSide();

  journal::KafkaJournal& journal() { return *journal_; }
  /// Waits for the next so many messages and takes them at once.
  void Read(size_t count);

 private:
  const std::string folder_;
  std::unique_ptr<state::Database> copies_;
  std::unique_ptr<journal::KafkaJournal> journal_;
  std::unique_ptr<RdKafka::KafkaConsumer> consumer_;
};

/// A record with a text as its event, that follows `last`.
std::string RecordOf(const std::string& text, uint64_t epoch, uint64_t seq,
                     const std::string& last);

}  // namespace ccfa::kafka
