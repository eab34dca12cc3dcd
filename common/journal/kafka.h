#pragma once

#include <librdkafka/rdkafkacpp.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ccfa/journal/v1/place.pb.h"
#include "common/core/clock.h"
#include "common/journal/embedded.h"
#include "common/journal/journal.h"
#include "common/journal/kafka_producer.h"
#include "common/journal/kafka_record.h"

namespace ccfa::journal {

/// A partition of a Kafka topic, read through a local copy of what has effect in it.
///
/// The log itself decides who writes (docs/spec/). A writer appends a claim with the next epoch,
/// reads up to it, and only then serves. Every reader drops records of an epoch older than the last
/// claim, drops a seq it has, and halts on a gap or a hash that does not follow. A writer that is
/// not told where its records landed, or reads a claim before them, answers nobody and claims
/// again.
///
/// Offsets here are seqs: what has no effect cannot be seen.
class KafkaJournal final : public Journal {
 public:
  struct Options {
    std::string topic;
    int partition = 0;
    KafkaSettings settings;
    /// The address at which this writer's callers are answered; empty for a reader.
    std::string owner;
    /// Whether another owner still answers at its address. A partition is taken from one that does
    /// not, and from one that gave it up.
    std::function<bool(const std::string& owner)> answers = [](const std::string&) { return true; };
    /// Claimed together with this one, whoever owns it: a process has all its topics or none. It
    /// outlives this.
    const KafkaJournal* together_with = nullptr;
  };

  /// `copies` has a family of the topic's name; it and the time outlive the journal.
  static absl::StatusOr<std::unique_ptr<KafkaJournal>> Open(Options options,
                                                            state::Database& copies,
                                                            const TimeSource& time);
  ~KafkaJournal() override;

  /// Gives the partition up, so that another can take it at once. No append follows.
  void Release();

  /// Reads and rings no more. To be called before whoever is rung goes.
  void Stop();

  /// Who owns the partition, as far as it has been read. Any thread.
  struct Ownership {
    uint64_t epoch = 0;
    std::string owner;
    bool mine = false;
  };
  Ownership ownership() const;

  const std::string& topic() const override { return options_.topic; }
  absl::Status Health() const override;
  uint64_t generation() const override { return generation_ + copies_.generation(); }
  uint64_t epoch() const override;
  absl::Status Append(const std::vector<Sealed>& records, Durability durability) override;
  absl::StatusOr<uint64_t> End() const override;
  absl::Status Read(uint64_t after, const Visit& visit) const override;
  void OnAppend(Ring ring) override;

 private:
  KafkaJournal(Options options, state::Database& copies, const TimeSource& time);

  /// Reads what the copy knew of the partition, and the records behind that.
  absl::Status Load();
  absl::Status StartReading();
  /// Reads from the place on.
  absl::Status Assign();
  /// The reading thread: absorbs messages, claims when it should, writes its place down.
  void Tend();
  void Absorb(const RdKafka::Message& message);
  void AbsorbClaim(const Claim& claim, int64_t offset);
  /// The record as it was appended to the copy; nothing when it has no effect. An error of the copy
  /// passes; what the log must not hold halts.
  absl::StatusOr<std::vector<Sealed>> AbsorbRecord(const record::v1::Record& record);
  /// Whether a claim should be made now.
  bool ShouldClaim();
  void SendClaim();
  absl::Status Send(const Claim& claim);
  /// Whether the offsets follow each other and what was known before.
  bool FollowLocked(const std::vector<int64_t>& offsets);
  /// Somebody else's messages lie between: reads up to `offset`. True when the records up to `seq`
  /// have effect all the same, as no claim lies there.
  bool HaveEffect(std::unique_lock<std::mutex>& lock, int64_t offset, uint64_t seq);
  /// Whether everything in the partition has been read.
  bool IsAtEnd();
  void LoseLocked(const absl::Status& why);
  void HaltLocked(const std::string& why);
  /// Writes the place into the copy.
  void KeepPlace();
  void RingAll(const std::vector<Sealed>& records);
  absl::Status HealthLocked() const;
  bool IsWriter() const { return !options_.owner.empty(); }

  const Options options_;
  state::Database& copies_;
  const TimeSource& time_;
  EmbeddedJournal copy_;
  std::mutex rings_mutex_;
  std::vector<Ring> rings_;
  std::atomic<uint64_t> generation_ = 1;
  std::atomic<bool> stopping_ = false;

  // The reading thread's own.
  std::unique_ptr<RdKafka::KafkaConsumer> consumer_;
  /// The copy did not take a record: it comes again once the copy takes writes.
  bool read_again_ = false;
  int silences_ = 0;
  absl::Time next_look_ = absl::InfinitePast();
  int64_t kept_offset_ = -1;

  std::atomic<uint64_t> end_ = 0;
  std::atomic<bool> is_halted_ = false;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable moved_on_;
  v1::Place place_;
  std::unique_ptr<KafkaProducer> producer_;
  /// The claim that was sent and not yet read.
  std::string claiming_;
  bool mine_ = false;
  bool released_ = false;
  int64_t expected_offset_ = 0;
  absl::Status lost_;
  absl::Status halted_;

  std::thread reader_;
};

}  // namespace ccfa::journal
