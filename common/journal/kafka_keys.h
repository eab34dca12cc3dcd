#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/journal/kafka_ends.h"
#include "common/journal/kafka_key_partition.h"
#include "common/journal/kafka_producer.h"
#include "common/privacy/key_store.h"

namespace ccfa::journal {

/// People's keys on Apache Kafka: a compacted topic that every process that may need them reads
/// into memory. A council's keys are in the partition that has its records.
///
/// Any process may write at any time, whoever owns the partition of calls. What is not known here
/// is asked for: where the topic ended then is read before anybody is told that there is no key.
class KafkaKeys final : public privacy::KeyStore {
 public:
  static constexpr char kTopic[] = "ccfa.keys.v1";

  struct Options {
    KafkaSettings settings;
    int partitions = 1;
    /// As long as the topic's segments are written to at most (segment.ms).
    absl::Duration segment;
  };
  /// INVALID_ARGUMENT naming the setting that librdkafka does not take.
  static absl::StatusOr<std::unique_ptr<KafkaKeys>> Open(Options options);

  /// To be read, by somebody else's thread, from here to the end of its use.
  std::vector<KafkaFollower*> followers() const;

  absl::StatusOr<std::optional<privacy::v1::WrappedKey>> Get(
      const std::string& name) const override;
  absl::StatusOr<privacy::v1::WrappedKey> Make(const std::string& name,
                                               const privacy::v1::WrappedKey& key) override;
  absl::Status Rewrap(const std::map<std::string, privacy::v1::WrappedKey>& keys) override;
  absl::Status Destroy(const std::vector<std::string>& names) override;
  absl::Status Each(
      const std::string& council,
      const std::function<absl::Status(const std::string& name)>& visit) const override;
  /// Removes what has no effect, and closes the segments in which it stands so that brokers compact
  /// them.
  void LookAfter() override;

 private:
  using Found = KafkaKeyPartition::Found;
  /// Message keys with what is to stand there; empty: nothing any more.
  using Entries = std::vector<std::pair<std::string, std::string>>;

  KafkaKeys(Options options, std::unique_ptr<KafkaEnds> ends);
  KafkaKeyPartition& Of(const std::string& name) const;
  /// Reads to where the partition ends now.
  absl::Status CatchUp(KafkaKeyPartition& partition) const;
  /// As far as it has been read, but at least once to its end.
  absl::StatusOr<std::optional<Found>> Look(const std::string& name) const;
  /// The offset behind what was sent, which all in-sync replicas have.
  absl::StatusOr<int64_t> Send(const KafkaKeyPartition& partition, const Entries& entries);
  absl::Status Remove(const KafkaKeyPartition& partition, const std::vector<std::string>& keys);
  void RenewSessions();

  const Options options_;
  const std::unique_ptr<KafkaEnds> ends_;
  std::vector<std::unique_ptr<KafkaKeyPartition>> partitions_;
  std::timed_mutex sending_;
  std::unique_ptr<KafkaProducer> producer_;  // guarded by sending_
};

}  // namespace ccfa::journal
