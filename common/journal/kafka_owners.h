#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ccfa/journal/v1/owners.pb.h"
#include "common/journal/kafka_producer.h"
#include "common/journal/kafka_reader.h"

namespace ccfa::journal {

/// Who hosts what, as the processes announce it to each other in a compacted topic: where to send
/// whoever asks. Only hints; the claims decide. Thread-safe.
class KafkaOwners final : public KafkaFollower {
 public:
  static constexpr char kTopic[] = "ccfa.owners.v1";

  static absl::StatusOr<std::unique_ptr<KafkaOwners>> Open(const KafkaSettings& settings);

  /// Says so to all, unless the table says so already.
  void Announce(const v1::Member& member);
  void Announce(const v1::PartitionOwner& owner);
  /// Waits until what was announced is on its way.
  void Flush();

  /// Those that have not left.
  std::vector<v1::Member> members() const;
  std::vector<v1::PartitionOwner> owners() const;

  const std::string& topic() const override { return topic_; }
  int partition() const override { return 0; }
  int64_t next_offset() const override;
  void Absorb(const Messages& messages) override;
  void Miss() override {}
  std::optional<int64_t> ReadAgainFrom() override { return std::nullopt; }
  void KeepPlace() override {}
  void Renew() override;

 private:
  KafkaOwners(KafkaSettings settings, std::unique_ptr<KafkaProducer> producer);
  void Take(const v1::Announcement& announcement);
  void Send(const std::string& key, const v1::Announcement& announcement);

  const std::string topic_ = kTopic;
  const KafkaSettings settings_;
  mutable std::mutex mutex_;  // guards what follows
  std::unique_ptr<KafkaProducer> producer_;
  int64_t next_offset_ = 0;
  std::map<std::string, v1::Member> members_;
  std::map<std::pair<std::string, int>, v1::PartitionOwner> owners_;
};

}  // namespace ccfa::journal
