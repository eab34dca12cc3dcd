#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ccfa/journal/v1/keys.pb.h"
#include "common/journal/kafka_reader.h"

namespace ccfa::journal {

/// One partition of the topic of people's keys, as far as it has been read: which key each name
/// has. Thread-safe.
///
/// Whatever order compaction leaves of it, it comes to the same: a key stands under its name and a
/// nonce of its own, so none is written over by another, and of several under one name the first
/// that was made counts. Which names are destroyed is the journal's to say: a key that lands late
/// under such a name has no effect, and is among `Left`.
class KafkaKeyPartition final : public KafkaFollower {
 public:
  /// The record that closes a segment: until it is closed, no compaction touches it.
  static constexpr char kSweep[] = "sweep";

  explicit KafkaKeyPartition(std::string topic, int partition, std::function<void()> renew)
      : topic_(std::move(topic)), partition_(partition), renew_(std::move(renew)) {}

  /// Under which message key a name's key stands.
  static std::string MessageKey(const std::string& name, const std::string& nonce);

  struct Found {
    std::string message_key;
    /// With the offset at which it was made.
    v1::KeptKey kept;
  };
  /// None where the name is destroyed.
  std::optional<Found> Find(const std::string& name) const;
  /// The names that have a key, of a council or, when it is empty, of all.
  std::vector<std::string> Names(const std::string& council) const;
  /// From now on the name has no key. The message keys of those that are still there.
  std::vector<std::string> Forget(const std::string& name);
  /// Message keys under which something stands that has no effect.
  std::vector<std::string> Left() const;

  /// Waits until everything before `end` has been read; UNAVAILABLE when that takes long.
  absl::Status Await(int64_t end);
  /// Whether it was once read to where it ended.
  bool is_loaded() const;
  void SetLoaded();
  /// Whether something may wait for its segment to be closed, and nothing has come for so long.
  bool WantsSweep(absl::Duration quiet) const;

  const std::string& topic() const override { return topic_; }
  int partition() const override { return partition_; }
  int64_t next_offset() const override;
  void Absorb(const Messages& messages) override;
  void Miss() override;
  std::optional<int64_t> ReadAgainFrom() override { return std::nullopt; }
  void KeepPlace() override {}
  void Renew() override { renew_(); }

 private:
  /// What stands under one name, by message key.
  struct Person {
    std::map<std::string, v1::KeptKey> keys;
    bool destroyed = false;
  };
  using Keys = std::map<std::string, v1::KeptKey>;

  void TakeLocked(const RdKafka::Message& message);
  /// The key that counts; the end where there is none.
  static Keys::const_iterator FirstOf(const Person& person);
  /// Notes which of a name's keys have no effect.
  void NoteLeftLocked(const Person& person);

  const std::string topic_;
  const int partition_;
  const std::function<void()> renew_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable moved_on_;
  int64_t next_offset_ = 0;
  bool loaded_ = false;
  bool swept_ = true;
  absl::Duration moved_at_;
  std::map<std::string, Person> people_;
  std::set<std::string> left_;
};

}  // namespace ccfa::journal
