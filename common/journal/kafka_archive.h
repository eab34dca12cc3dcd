#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ccfa/record/v1/record.pb.h"
#include "common/journal/archive.h"
#include "common/journal/kafka_consumer.h"
#include "common/journal/kafka_producer.h"

namespace ccfa::journal {

/// Where an operator keeps a journal on Kafka.
struct KafkaPlace {
  /// As it is called in messages: kafka://HOST:PORT.
  std::string name;
  KafkaSettings settings;
  /// Replicas of topics that have to be made.
  int replication = 3;
};

/// A journal on Kafka as a whole, at rest: nobody has a partition. What it appends stands behind
/// claims that name no owner, so that every reader takes it and whoever is started next claims.
class KafkaArchive final : public Archive {
 public:
  /// UNAVAILABLE when the broker does not answer. As a source without topics, NOT_FOUND.
  static absl::StatusOr<std::unique_ptr<Archive>> Open(KafkaPlace place, bool is_target);

  const std::string& name() const override { return place_.name; }
  const Layout& layout() const override { return layout_; }
  absl::StatusOr<std::unique_ptr<RecordReader>> Read(const std::string& topic,
                                                     int partition) override;
  absl::StatusOr<uint64_t> NextEpoch(const std::string& topic, int partition) override;
  absl::Status CheckUnchanged() override;
  absl::Status CheckTakes(const std::string& topic, int partition, uint64_t epoch) override;
  absl::Status Begin(const Layout& layout) override;
  absl::Status Append(const std::string& topic, int partition,
                      const std::vector<Sealed>& records) override;
  /// Nothing to do: the next owner claims the epoch after the last.
  absl::Status SetNextEpoch(const std::string&, int, uint64_t) override { return absl::OkStatus(); }
  /// Nothing to do: all in-sync replicas have what was appended.
  absl::Status Settle() override { return absl::OkStatus(); }
  absl::Status Finish() override;

 private:
  class Reader;

  /// What is known of a partition.
  struct Known {
    int64_t next_offset = 0;
    uint64_t epoch = 0;
    std::string owner;
    uint64_t seq = 0;
  };

  KafkaArchive(KafkaPlace place, Layout layout, std::unique_ptr<RdKafka::KafkaConsumer> consumer)
      : place_(std::move(place)), layout_(std::move(layout)), consumer_(std::move(consumer)) {}

  bool Has(const std::string& topic) const;
  absl::StatusOr<int64_t> AskEnd(const std::string& topic, int partition);
  /// Claims the epoch, unless this session has done so in the partition.
  absl::Status Claim(const std::string& topic, int partition, uint64_t epoch);
  absl::Status AppendOfOneEpoch(const std::string& topic, int partition,
                                const std::vector<record::v1::Record>& records);
  absl::Status Send(Known& known, std::vector<KafkaProducer::Outgoing> messages);

  const KafkaPlace place_;
  Layout layout_;
  const std::unique_ptr<RdKafka::KafkaConsumer> consumer_;
  std::map<std::pair<std::string, int>, Known> known_;
  /// One session for all of it, as any failure ends the copy; and the partition it is in.
  std::unique_ptr<KafkaProducer> producer_;
  std::pair<std::string, int> producer_of_;
};

}  // namespace ccfa::journal
