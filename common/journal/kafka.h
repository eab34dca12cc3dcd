#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "ccfa/journal/v1/place.pb.h"
#include "common/journal/embedded.h"
#include "common/journal/journal.h"
#include "common/journal/kafka_producer.h"
#include "common/journal/kafka_reader.h"
#include "common/journal/kafka_record.h"

namespace ccfa::journal {

/// Under which key of the copies' default family stands how far a partition has been read.
std::string PlaceKey(const std::string& topic, int partition);

/// A partition of a Kafka topic, read through a local copy of what has effect in it.
///
/// The log itself decides who writes (docs/spec/). A writer appends a claim with the next epoch,
/// reads up to it, and only then serves. Every reader drops records of an epoch older than the last
/// claim, drops a seq it has, and halts on a gap or a hash that does not follow. A writer that is
/// not told where its records landed, or reads a claim before them, answers nobody and claims
/// again.
///
/// Offsets here are seqs: what has no effect cannot be seen. It has no thread: `KafkaPartitions`
/// reads for it, and says when it should claim.
class KafkaJournal final : public Journal, public KafkaFollower {
 public:
  /// For so long after it was known that nobody else had claimed, an owner answers from what it
  /// has; for so long a new owner waits when the old one did not give the partition up.
  static constexpr absl::Duration kLease = absl::Seconds(1);

  struct Options {
    std::string topic;
    int partition = 0;
    KafkaSettings settings;
    /// The address at which this writer's callers are answered; empty for a reader.
    std::string owner;
  };

  /// `copies` has a family of the topic's name and outlives the journal.
  static absl::StatusOr<std::unique_ptr<KafkaJournal>> Open(Options options,
                                                            state::Database& copies);

  /// Who owns the partition, as far as it has been read. Any thread.
  struct Ownership {
    uint64_t epoch = 0;
    std::string owner;
    bool mine = false;
    /// It is mine, and the lease goes on.
    bool confirmed = false;
    /// The owner is a process at this address: this one, or the one before it.
    bool last_was_here = false;
  };
  Ownership ownership() const;

  /// Whether a claim would make sense: it is a writer, sound, and has not claimed already.
  bool CanClaim();
  /// Appends a claim that follows the one of epoch `last`, unless another has been read meanwhile.
  /// To be called when everything up to the partition's end has been read.
  void SendClaim(uint64_t last);
  /// The partition ended at offset `end` some time after `asked`: while nobody else's messages are
  /// there, the lease goes on from then.
  void Confirm(int64_t end, absl::Duration asked);
  /// Gives the partition up, so that another can take it at once. No append follows.
  void Release();
  /// Gives it up for the moment: whoever claims it next, this process first, does so over a session
  /// made then.
  void Reclaim();

  /// Whether somebody waits in `AskEnd`; they are answered by the next `TellEnd`.
  bool IsAsked();
  /// -1: the broker did not answer.
  void TellEnd(int64_t end);
  /// Called when somebody begins to wait. To be set before anybody can.
  void OnAsk(std::function<void()> ring) { ring_asked_ = std::move(ring); }
  /// Answers nobody any more, and rings nobody.
  void Close();

  const std::string& topic() const override { return options_.topic; }
  int partition() const override { return options_.partition; }
  absl::Status Health() const override;
  absl::Status IsCurrent() const override;
  void AskEnd(ThenEnd then) override;
  uint64_t generation() const override { return generation_ + copies_.generation(); }
  uint64_t epoch() const override;
  absl::Status Append(const std::vector<Sealed>& records, Durability durability) override;
  absl::StatusOr<uint64_t> End() const override;
  absl::Status Read(uint64_t after, const Visit& visit) const override;
  void OnAppend(Ring ring) override;

  int64_t next_offset() const override;
  void Absorb(const Messages& messages) override;
  void Miss() override;
  bool WroteItself() override;
  std::optional<int64_t> ReadAgainFrom() override;
  void KeepPlace() override;

 private:
  /// Somebody waits until everything before a Kafka offset has been read.
  struct Asked {
    ThenEnd then;
    /// Unknown until the broker has said where the end is.
    std::optional<int64_t> until;
    /// The broker is being asked, and was so after the question.
    bool in_question = false;
  };
  using Lock = std::unique_lock<std::mutex>;

  KafkaJournal(Options options, state::Database& copies);

  /// Reads what the copy knew of the partition, and the records behind that.
  absl::Status LoadLocked();
  /// Takes one message, whose record goes behind `absorbed` when it has effect. False: no further.
  bool AbsorbLocked(const RdKafka::Message& message, std::vector<Sealed>& absorbed);
  void AbsorbClaimLocked(const Claim& claim);
  void AbsorbRecordLocked(const record::v1::Record& record, std::vector<Sealed>& absorbed);
  absl::Status Send(KafkaProducer& producer, const Claim& claim) const;
  /// Appends what comes next in Kafka to the copy.
  absl::Status CopyLocked(const std::vector<Sealed>& records);
  /// Somebody else's messages lie between: waits until `offset` is read. True when the records up
  /// to `last` have effect all the same, as no claim lies there.
  bool HasEffect(Lock& lock, int64_t offset, const Sealed& last);
  void LoseLocked(const absl::Status& why);
  void HaltLocked(const std::string& why);
  absl::Status HealthLocked() const;
  absl::Status IsCurrentLocked() const;
  /// Those whose question can be answered now.
  std::vector<ThenEnd> TakeAnsweredLocked();
  void RingAll(const std::vector<Sealed>& records);
  bool IsWriter() const { return !options_.owner.empty(); }

  const Options options_;
  state::Database& copies_;
  EmbeddedJournal copy_;
  std::function<void()> ring_asked_ = [] {};
  std::mutex rings_mutex_;
  std::vector<Ring> rings_;
  std::atomic<uint64_t> generation_ = 1;
  std::atomic<uint64_t> end_ = 0;
  std::atomic<bool> is_halted_ = false;
  int64_t kept_offset_ = -1;  // the reading thread's own

  /// Held while something is sent; before `mutex_`.
  std::mutex sending_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable moved_on_;
  v1::Place place_;
  std::shared_ptr<KafkaProducer> producer_;
  /// The claim that was sent and not yet read, and when.
  std::string claiming_;
  absl::Duration claimed_at_;
  bool mine_ = false;
  /// Somebody else's messages may be there, which an owner finds by reading.
  bool must_read_ = true;
  bool sends_ = false;
  bool released_ = false;
  bool closed_ = false;
  /// The copy did not take something: what it has is read again once it takes writes.
  bool load_again_ = false;
  /// Until then an owner that was deposed may still answer questions from what it has.
  absl::Duration others_may_answer_until_;
  absl::Duration confirmed_until_;
  std::vector<Asked> asked_;
  absl::Status lost_;
  absl::Status halted_;
};

}  // namespace ccfa::journal
