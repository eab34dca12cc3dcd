#include "common/journal/kafka_archive.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/core/since_boot.h"
#include "common/journal/kafka_record.h"
#include "common/journal/kafka_topic.h"

namespace ccfa::journal {
namespace {

constexpr int kConsume_ms = 200;
constexpr int kAsk_ms = 10'000;
constexpr absl::Duration kPatience = absl::Seconds(15);
constexpr absl::Duration kAskAgain = absl::Milliseconds(100);
constexpr size_t kClaimNonceBytes = 16;

std::string PlaceOf(const std::string& topic, int partition) {
  return absl::StrCat(topic, " partition ", partition);
}

/// What a broker says of a partition that was just made, or whose leader changes.
bool MayPass(RdKafka::ErrorCode error) {
  return error == RdKafka::ERR_UNKNOWN_TOPIC_OR_PART || error == RdKafka::ERR__UNKNOWN_PARTITION ||
         error == RdKafka::ERR__UNKNOWN_TOPIC || error == RdKafka::ERR_LEADER_NOT_AVAILABLE ||
         error == RdKafka::ERR_NOT_LEADER_FOR_PARTITION;
}

using Partition = std::unique_ptr<RdKafka::TopicPartition>;

}  // namespace

/// Reads a partition to where it ended when it was asked for.
class KafkaArchive::Reader final : public RecordReader {
 public:
  Reader(const KafkaArchive& archive, std::string topic, int partition, int64_t end, Known& known)
      : archive_(archive),
        topic_(std::move(topic)),
        partition_(partition),
        end_(end),
        known_(known) {}
  ~Reader() override { archive_.consumer_->unassign(); }

  absl::Status Start() {
    Partition start(RdKafka::TopicPartition::create(topic_, partition_, 0));
    RdKafka::ErrorCode assigned = archive_.consumer_->assign({start.get()});
    return assigned == RdKafka::ERR_NO_ERROR ? absl::OkStatus()
                                             : absl::UnavailableError(RdKafka::err2str(assigned));
  }

  absl::StatusOr<std::optional<Sealed>> Next() override {
    for (absl::Duration silent = SinceBoot(); known_.next_offset < end_;) {
      std::unique_ptr<RdKafka::Message> message(archive_.consumer_->consume(kConsume_ms));
      if (message->err() == RdKafka::ERR_NO_ERROR) {
        known_.next_offset = message->offset() + 1;
        absl::StatusOr<std::optional<Sealed>> record = Take(*message);
        if (!record.ok() || *record) return record;
        silent = SinceBoot();
      } else if (message->err() == RdKafka::ERR__AUTO_OFFSET_RESET ||
                 message->err() == RdKafka::ERR_OFFSET_OUT_OF_RANGE) {
        return Damaged("its first records are not there any more");
      } else if (SinceBoot() > silent + kPatience) {
        return absl::UnavailableError(absl::StrCat(archive_.name(), ": ",
                                                   PlaceOf(topic_, partition_),
                                                   " cannot be read: ", message->errstr()));
      }
    }
    if (known_.owner.empty()) return std::nullopt;
    return Refused(
        "IN_USE",
        absl::StrCat(archive_.name(), ": the process at ", known_.owner, " has ",
                     PlaceOf(topic_, partition_),
                     ": end all processes with SIGTERM, then they give their partitions up; if one "
                     "was killed, start it once more and end it so"));
  }

 private:
  /// The record, where it has effect.
  absl::StatusOr<std::optional<Sealed>> Take(const RdKafka::Message& message) {
    if (IsClaim(message)) {
      absl::StatusOr<journal::Claim> claim = ClaimOf(message);
      if (!claim.ok()) return Damaged(claim.status().message());
      if (claim->epoch > known_.epoch) {
        known_.epoch = claim->epoch;
        known_.owner = claim->owner;
      }
      return std::nullopt;
    }
    absl::StatusOr<record::v1::Record> record = RecordOf(message);
    if (!record.ok()) return Damaged(record.status().message());
    if (record->epoch() < known_.epoch || record->seq() <= known_.seq) return std::nullopt;
    if (record->epoch() > known_.epoch)
      return Damaged(absl::StrCat("epoch ", record->epoch(), " was not claimed"));
    known_.seq = record->seq();
    return Sealed{record->seq(), record->SerializeAsString()};
  }
  absl::Status Damaged(absl::string_view why) const {
    return absl::DataLossError(absl::StrCat(archive_.name(), ": ", PlaceOf(topic_, partition_),
                                            " offset ", known_.next_offset - 1, ": ", why));
  }

  const KafkaArchive& archive_;
  const std::string topic_;
  const int partition_;
  const int64_t end_;
  Known& known_;
};

absl::StatusOr<std::unique_ptr<Archive>> KafkaArchive::Open(KafkaPlace place, bool is_target) {
  absl::StatusOr<JournalTopics> there = FindJournalTopics(place.settings, is_target);
  if (!there.ok()) {
    return absl::Status(there.status().code(),
                        absl::StrCat(place.name, ": ", there.status().message()));
  }
  if (!is_target && there->partitions.empty()) {
    return Refuse(absl::StatusCode::kNotFound, "NOT_FOUND",
                  absl::StrCat("there is no journal on ", place.name,
                               ": it has no topic like ccfa.intake.v1"));
  }
  if (!is_target && there->unfinished) {
    return Refused("COPY_UNFINISHED",
                   absl::StrCat(place.name,
                                " has an interrupted copy; finish it first: run the "
                                "same ccfactl journal copy again"));
  }
  Layout layout;
  for (const auto& [topic, partitions] : there->partitions) {
    if (layout.partitions != 0 && partitions != layout.partitions) {
      return Refused("PARTITIONS_DIFFER",
                     absl::StrCat(place.name, ": ", topic, " has ", partitions, " partitions, ",
                                  layout.topics.back(), " has ", layout.partitions));
    }
    layout.topics.push_back(topic);
    layout.partitions = partitions;
  }
  KafkaSettings settings = place.settings;
  // A partition's reading ends at its end: the next one's would wait behind a long poll there.
  settings.try_emplace("fetch.wait.max.ms", "10");
  absl::StatusOr<std::unique_ptr<RdKafka::KafkaConsumer>> consumer = NewConsumer(settings);
  if (!consumer.ok()) return consumer.status();
  return std::unique_ptr<Archive>(
      new KafkaArchive(std::move(place), std::move(layout), *std::move(consumer)));
}

bool KafkaArchive::Has(const std::string& topic) const {
  return std::find(layout_.topics.begin(), layout_.topics.end(), topic) != layout_.topics.end();
}

absl::StatusOr<int64_t> KafkaArchive::AskEnd(const std::string& topic, int partition) {
  const absl::Duration began = SinceBoot();
  while (true) {
    int64_t first = 0, end = 0;
    RdKafka::ErrorCode asked =
        consumer_->query_watermark_offsets(topic, partition, &first, &end, kAsk_ms);
    if (asked == RdKafka::ERR_NO_ERROR) return end;
    if (!MayPass(asked) || SinceBoot() > began + kPatience)
      return absl::UnavailableError(absl::StrCat(place_.name, ": ", PlaceOf(topic, partition), ": ",
                                                 RdKafka::err2str(asked)));
    absl::SleepFor(kAskAgain);
  }
}

absl::StatusOr<std::unique_ptr<RecordReader>> KafkaArchive::Read(const std::string& topic,
                                                                 int partition) {
  Known& known = known_[{topic, partition}];
  known = {};
  int64_t end = 0;
  if (Has(topic)) {
    absl::StatusOr<int64_t> asked = AskEnd(topic, partition);
    if (!asked.ok()) return asked.status();
    end = *asked;
  }
  auto reader = std::make_unique<Reader>(*this, topic, partition, end, known);
  if (end > 0) {
    if (absl::Status started = reader->Start(); !started.ok()) return started;
  }
  return reader;
}

absl::StatusOr<uint64_t> KafkaArchive::NextEpoch(const std::string& topic, int partition) {
  return known_[{topic, partition}].epoch + 1;
}

absl::Status KafkaArchive::CheckUnchanged() {
  for (const auto& [where, known] : known_) {
    if (!Has(where.first)) continue;
    absl::StatusOr<int64_t> end = AskEnd(where.first, where.second);
    if (!end.ok()) return end.status();
    if (*end != known.next_offset) {
      return Refused(
          "CHANGED_MEANWHILE",
          absl::StrCat(place_.name, ": somebody wrote to ", PlaceOf(where.first, where.second),
                       " meanwhile; end all processes, and copy again"));
    }
  }
  return absl::OkStatus();
}

absl::Status KafkaArchive::CheckTakes(const std::string& topic, int partition, uint64_t epoch) {
  const Known& known = known_[{topic, partition}];
  if (epoch >= known.epoch) return absl::OkStatus();
  return Refused(
      "TAKEN_SINCE",
      absl::StrCat(
          place_.name, ": ", PlaceOf(topic, partition),
          " has been claimed by processes, up to epoch ", known.epoch, ", and a record of epoch ",
          epoch,
          " behind that would have no effect; delete the topics ccfa.* there, and copy again"));
}

absl::Status KafkaArchive::Begin(const Layout& layout) {
  absl::StatusOr<int> prepared = PrepareTopics(
      place_.settings, layout.topics, {layout.partitions, place_.replication, /*is_copy=*/true});
  if (!prepared.ok()) {
    return absl::Status(prepared.status().code(),
                        absl::StrCat(place_.name, ": ", prepared.status().message()));
  }
  for (const std::string& topic : layout.topics) {
    if (!Has(topic)) layout_.topics.push_back(topic);
  }
  layout_.partitions = layout.partitions;
  absl::Status marked = MarkUnfinished(place_.settings, place_.replication);
  // Also waits until what was made has leaders.
  return marked.ok() ? CheckUnchanged() : marked;
}

absl::Status KafkaArchive::Finish() {
  producer_.reset();
  return UnmarkUnfinished(place_.settings);
}

absl::Status KafkaArchive::Append(const std::string& topic, int partition,
                                  const std::vector<Sealed>& records) {
  std::vector<record::v1::Record> of_one_epoch;
  for (const Sealed& sealed : records) {
    record::v1::Record record;
    if (!record.ParseFromString(sealed.bytes))
      return absl::InternalError("the record to be appended cannot be decoded");
    if (!of_one_epoch.empty() && of_one_epoch.back().epoch() != record.epoch()) {
      absl::Status appended = AppendOfOneEpoch(topic, partition, of_one_epoch);
      if (!appended.ok()) return appended;
      of_one_epoch.clear();
    }
    of_one_epoch.push_back(std::move(record));
  }
  return AppendOfOneEpoch(topic, partition, of_one_epoch);
}

absl::Status KafkaArchive::AppendOfOneEpoch(const std::string& topic, int partition,
                                            const std::vector<record::v1::Record>& records) {
  if (records.empty()) return absl::OkStatus();
  absl::Status claimed = Claim(topic, partition, records.front().epoch());
  if (!claimed.ok()) return claimed;
  std::vector<KafkaProducer::Outgoing> messages;
  for (const record::v1::Record& record : records)
    messages.push_back({ToHeaders(record, topic, partition), record.council(), record.data()});
  return Send(known_[{topic, partition}], std::move(messages));
}

absl::Status KafkaArchive::Claim(const std::string& topic, int partition, uint64_t epoch) {
  const std::pair<std::string, int> where(topic, partition);
  Known& known = known_[where];
  const bool is_new = !producer_ || producer_of_ != where;
  if (!is_new && known.epoch >= epoch) return absl::OkStatus();
  if (!producer_) {
    auto producer = KafkaProducer::Create(place_.settings, topic, partition);
    if (!producer.ok()) return producer.status();
    producer_ = *std::move(producer);
  }
  producer_->TurnTo(topic, partition);
  producer_of_ = where;
  // First in the partition and alone, as every session's claim: records that were sent along could
  // land without those before them. One of an epoch that was claimed already has no effect.
  const journal::Claim claim{epoch, "", RandomHex(kClaimNonceBytes)};
  std::vector<KafkaProducer::Outgoing> messages;
  messages.push_back({ToHeaders(claim, topic, partition), "claim", "claim"});
  absl::Status sent = Send(known, std::move(messages));
  if (sent.ok()) known.epoch = std::max(known.epoch, epoch);
  return sent;
}

absl::Status KafkaArchive::Send(Known& known, std::vector<KafkaProducer::Outgoing> messages) {
  const int64_t count = static_cast<int64_t>(messages.size());
  absl::StatusOr<std::vector<int64_t>> offsets = producer_->Send(std::move(messages));
  if (!offsets.ok()) return offsets.status();
  if (offsets->front() != known.next_offset || offsets->back() != known.next_offset + count - 1) {
    return TryLater(absl::StatusCode::kUnavailable, "SOMEBODY_WRITES",
                    absl::StrCat(place_.name, ": somebody else wrote to ",
                                 PlaceOf(producer_of_.first, producer_of_.second),
                                 " meanwhile; end all processes, and copy again"),
                    1000);
  }
  known.next_offset += count;
  return absl::OkStatus();
}

}  // namespace ccfa::journal
