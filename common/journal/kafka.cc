#include "common/journal/kafka.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/journal/kafka_consumer.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

constexpr int kConsume_ms = 50;
constexpr int kRetryMs = 500;
constexpr int kAsk_ms = 1000;
constexpr auto kReadPatience = std::chrono::seconds(5);
// An owner that does not answer so many times in a row has lost its partition.
constexpr int kSilences = 3;
constexpr size_t kNonceBytes = 16;
const std::string kPlace = "place/";
constexpr absl::Duration kLookEvery = absl::Milliseconds(500);
constexpr absl::Duration kKeepPlaceEvery = absl::Seconds(1);

absl::Status Starting() {
  return TryLater(absl::StatusCode::kUnavailable, "STARTING",
                  "the service is claiming its partition", kRetryMs);
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaJournal>> KafkaJournal::Open(Options options,
                                                                 state::Database& copies,
                                                                 const TimeSource& time) {
  std::unique_ptr<KafkaJournal> journal(new KafkaJournal(std::move(options), copies, time));
  if (absl::Status status = journal->Load(); !status.ok()) return status;
  if (absl::Status status = journal->StartReading(); !status.ok()) return status;
  journal->reader_ = std::thread([journal = journal.get()] { journal->Tend(); });
  return journal;
}

KafkaJournal::KafkaJournal(Options options, state::Database& copies, const TimeSource& time)
    : options_(std::move(options)), copies_(copies), time_(time), copy_(copies, options_.topic) {
  lost_ = Starting();
}

KafkaJournal::~KafkaJournal() {
  Stop();
  if (consumer_) consumer_->close();
}

void KafkaJournal::Stop() {
  stopping_ = true;
  if (reader_.joinable()) reader_.join();
}

void KafkaJournal::OnAppend(Ring ring) {
  std::lock_guard lock(rings_mutex_);
  rings_.push_back(std::move(ring));
}

void KafkaJournal::RingAll(const std::vector<Sealed>& records) {
  std::lock_guard lock(rings_mutex_);
  for (const Ring& ring : rings_) ring(records);
}

absl::Status KafkaJournal::Load() {
  auto open = copies_.Lease();
  std::string bytes;
  auto found = open->db().Get(rocksdb::ReadOptions(), open->family("default").get(),
                              kPlace + options_.topic, &bytes);
  if (!found.ok() && !found.IsNotFound()) return state::FromRocks(found);
  if (!place_.ParseFromString(bytes)) return absl::DataLossError("the place is damaged");
  absl::StatusOr<uint64_t> end = copy_.End();
  if (!end.ok()) return end.status();
  end_ = *end;
  // The copy lost its tail: all of it is read again, and what is there already is dropped.
  if (place_.seq() > end_) place_.Clear();
  // The copy was further than the place said.
  return copy_.Read(place_.seq(), [&](uint64_t, absl::string_view record_bytes) {
    record::v1::Record record;
    if (!record.ParseFromArray(record_bytes.data(), static_cast<int>(record_bytes.size()))) {
      HaltLocked("a record of the local copy cannot be decoded");
      return false;
    }
    (*place_.mutable_heads())[record.council()] = Digest(record_bytes);
    return true;
  });
}

absl::Status KafkaJournal::StartReading() {
  absl::StatusOr<std::unique_ptr<RdKafka::KafkaConsumer>> consumer = NewConsumer(options_.settings);
  if (!consumer.ok()) return consumer.status();
  consumer_ = *std::move(consumer);
  return Assign();
}

absl::Status KafkaJournal::Assign() {
  std::unique_ptr<RdKafka::TopicPartition> from(
      RdKafka::TopicPartition::create(options_.topic, options_.partition, place_.next_offset()));
  RdKafka::ErrorCode assigned = consumer_->assign({from.get()});
  return assigned == RdKafka::ERR_NO_ERROR ? absl::OkStatus()
                                           : absl::UnavailableError(RdKafka::err2str(assigned));
}

void KafkaJournal::Tend() {
  absl::Time keep_place = time_.Now() + kKeepPlaceEvery;
  while (!stopping_) {
    if (read_again_ && copies_.failure().ok()) read_again_ = !Assign().ok();
    std::unique_ptr<RdKafka::Message> message(consumer_->consume(kConsume_ms));
    Absorb(*message);
    // While there is something to read, the end is not reached.
    if (message->err() == RdKafka::ERR__TIMED_OUT && ShouldClaim()) SendClaim();
    if (time_.Now() < keep_place) continue;
    KeepPlace();
    keep_place = time_.Now() + kKeepPlaceEvery;
  }
  KeepPlace();
}

void KafkaJournal::Absorb(const RdKafka::Message& message) {
  switch (message.err()) {
    case RdKafka::ERR_NO_ERROR:
      break;
    case RdKafka::ERR__TIMED_OUT:
      return;
    case RdKafka::ERR__AUTO_OFFSET_RESET:
    case RdKafka::ERR_OFFSET_OUT_OF_RANGE: {
      std::lock_guard lock(mutex_);
      return HaltLocked(absl::StrCat("the broker has no offset ", place_.next_offset(),
                                     " any more: the topic must keep its records for ever"));
    }
    default:
      telemetry::Log(telemetry::Level::kWarning, "kafka_read_failed",
                     {{"topic", options_.topic}, {"why", message.errstr()}});
      return;
  }
  absl::StatusOr<std::vector<Sealed>> absorbed = std::vector<Sealed>();
  {
    std::lock_guard lock(mutex_);
    if (!halted_.ok() || read_again_ || message.offset() < place_.next_offset()) return;
    if (IsClaim(message)) {
      absl::StatusOr<Claim> claim = ClaimOf(message);
      if (!claim.ok()) return HaltLocked(std::string(claim.status().message()));
      AbsorbClaim(*claim, message.offset());
    } else {
      absl::StatusOr<record::v1::Record> record = RecordOf(message);
      if (!record.ok()) return HaltLocked(std::string(record.status().message()));
      absorbed = AbsorbRecord(*record);
    }
    read_again_ = !absorbed.ok();
    if (!halted_.ok() || read_again_) return;
    place_.set_next_offset(message.offset() + 1);
    // What had no effect on this owner need not be met again.
    expected_offset_ = std::max(expected_offset_, place_.next_offset());
  }
  moved_on_.notify_all();
  if (absorbed->empty()) return;
  RingAll(*absorbed);
}

void KafkaJournal::AbsorbClaim(const Claim& claim, int64_t offset) {
  bool sent_here = !claiming_.empty() && claim.nonce == claiming_;
  if (sent_here) claiming_.clear();
  // Of two claims of one epoch, the first counts.
  if (claim.epoch <= place_.epoch()) return;
  place_.set_epoch(claim.epoch);
  place_.set_owner(claim.owner);
  if (sent_here) {
    mine_ = true;
    lost_ = absl::OkStatus();
    expected_offset_ = offset + 1;
  } else if (mine_) {
    LoseLocked(TryLater(absl::StatusCode::kUnavailable, "OWNED_ELSEWHERE",
                        absl::StrCat("the partition was taken by ", claim.owner), kRetryMs));
  }
  ++generation_;
  telemetry::Log(telemetry::Level::kWarning, "partition_claimed",
                 {{"topic", options_.topic},
                  {"epoch", static_cast<int64_t>(claim.epoch)},
                  {"owner", claim.owner},
                  {"mine", mine_}});
}

absl::StatusOr<std::vector<Sealed>> KafkaJournal::AbsorbRecord(const record::v1::Record& record) {
  // What a deposed writer appended after the claim has no effect, and what is known has had its.
  if (record.epoch() < place_.epoch() || record.seq() <= end_) return std::vector<Sealed>();
  std::string& head = (*place_.mutable_heads())[record.council()];
  if (record.epoch() > place_.epoch()) {
    HaltLocked(absl::StrCat("seq ", record.seq(), " is of epoch ", record.epoch(),
                            ", which nobody claimed"));
  } else if (record.seq() != end_ + 1) {
    HaltLocked(absl::StrCat("seq ", record.seq(), " follows seq ", end_.load()));
  } else if (record.previous_hash() != head) {
    HaltLocked(absl::StrCat("seq ", record.seq(), " does not follow its council's last record"));
  }
  if (!halted_.ok()) return std::vector<Sealed>();
  std::vector<Sealed> absorbed = {{record.seq(), record.SerializeAsString()}};
  if (absl::Status kept = copy_.Append(absorbed, Durability::kWithNext); !kept.ok()) return kept;
  head = Digest(absorbed[0].bytes);
  end_ = record.seq();
  return absorbed;
}

bool KafkaJournal::ShouldClaim() {
  if (!IsWriter()) return false;
  std::string owner;
  {
    std::lock_guard lock(mutex_);
    if (mine_ || released_ || !claiming_.empty() || !halted_.ok()) return false;
    owner = place_.owner();
  }
  if (options_.together_with != nullptr)
    return options_.together_with->ownership().mine && IsAtEnd();
  if (owner.empty() || owner == options_.owner) return IsAtEnd();
  absl::Time now = time_.Now();
  if (now < next_look_) return false;
  next_look_ = now + kLookEvery;
  silences_ = options_.answers(owner) ? 0 : silences_ + 1;
  return silences_ >= kSilences && IsAtEnd();
}

bool KafkaJournal::IsAtEnd() {
  // A claim made on an older view would be of an epoch that is taken: it would only be in the way.
  int64_t low = 0, high = 0;
  RdKafka::ErrorCode asked =
      consumer_->query_watermark_offsets(options_.topic, options_.partition, &low, &high, kAsk_ms);
  std::lock_guard lock(mutex_);
  return asked == RdKafka::ERR_NO_ERROR && place_.next_offset() >= high;
}

void KafkaJournal::SendClaim() {
  // A session of its own: nothing that the last ownership sent is sent again.
  absl::StatusOr<std::unique_ptr<KafkaProducer>> producer =
      KafkaProducer::Create(options_.settings, options_.topic, options_.partition);
  if (!producer.ok()) {
    std::lock_guard lock(mutex_);
    return HaltLocked(std::string(producer.status().message()));
  }
  Claim claim;
  claim.owner = options_.owner;
  claim.nonce = RandomHex(kNonceBytes);
  {
    std::lock_guard lock(mutex_);
    claim.epoch = place_.epoch() + 1;
    claiming_ = claim.nonce;
    producer_ = *std::move(producer);
  }
  absl::Status sent = Send(claim);
  if (sent.ok()) return;
  std::lock_guard lock(mutex_);
  // Should it land all the same, it is the claim of another life.
  claiming_.clear();
  lost_ = sent;
}

absl::Status KafkaJournal::Send(const Claim& claim) {
  std::vector<KafkaProducer::Outgoing> outgoing;
  outgoing.push_back({ToHeaders(claim, options_.topic, options_.partition), "claim", "claim"});
  return producer_->Send(std::move(outgoing)).status();
}

absl::Status KafkaJournal::Append(const std::vector<Sealed>& records, Durability) {
  if (records.empty()) return absl::OkStatus();
  std::vector<KafkaProducer::Outgoing> outgoing;
  std::vector<record::v1::Record> parsed(records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    if (!parsed[i].ParseFromString(records[i].bytes))
      return absl::InternalError("the record to be appended cannot be decoded");
    outgoing.push_back({ToHeaders(parsed[i], options_.topic, options_.partition),
                        parsed[i].council(), parsed[i].data()});
  }
  {
    std::unique_lock lock(mutex_);
    if (!mine_) return HealthLocked();
    absl::StatusOr<std::vector<int64_t>> offsets = producer_->Send(std::move(outgoing));
    absl::Status appended = offsets.status();
    if (appended.ok() && !FollowLocked(*offsets)) {
      if (HaveEffect(lock, offsets->back(), records.back().seq)) return absl::OkStatus();
      appended = TryLater(absl::StatusCode::kUnavailable, "OWNERSHIP_LOST",
                          "somebody else wrote to the partition", kRetryMs);
    } else if (appended.ok()) {
      appended = copy_.Append(records, Durability::kWithNext);
    }
    if (!appended.ok()) {
      LoseLocked(appended);
      return appended;
    }
    for (size_t i = 0; i < records.size(); ++i) {
      (*place_.mutable_heads())[parsed[i].council()] = Digest(records[i].bytes);
    }
    end_ = records.back().seq;
  }
  RingAll(records);
  return absl::OkStatus();
}

bool KafkaJournal::FollowLocked(const std::vector<int64_t>& offsets) {
  for (int64_t offset : offsets) {
    if (offset != expected_offset_) return false;
    ++expected_offset_;
  }
  return true;
}

bool KafkaJournal::HaveEffect(std::unique_lock<std::mutex>& lock, int64_t offset, uint64_t seq) {
  // The reading thread absorbs them like any others, into the copy too. Owned again meanwhile, the
  // seq may be another's.
  const uint64_t epoch = place_.epoch();
  moved_on_.wait_for(lock, kReadPatience,
                     [&] { return place_.next_offset() > offset || !mine_ || !halted_.ok(); });
  return mine_ && place_.epoch() == epoch && place_.next_offset() > offset && end_ >= seq;
}

void KafkaJournal::Release() {
  std::lock_guard lock(mutex_);
  released_ = true;
  if (!mine_) return;
  Claim claim{place_.epoch() + 1, "", RandomHex(kNonceBytes)};
  absl::Status sent = Send(claim);
  LoseLocked(TryLater(absl::StatusCode::kUnavailable, "RELEASED",
                      "this process gave its partition up", kRetryMs));
  if (!sent.ok()) {
    telemetry::Log(telemetry::Level::kWarning, "release_failed",
                   {{"topic", options_.topic}, {"why", std::string(sent.message())}});
  }
}

void KafkaJournal::LoseLocked(const absl::Status& why) {
  mine_ = false;
  // Nothing of this ownership is sent any more.
  producer_.reset();
  lost_ = why;
  ++generation_;
}

void KafkaJournal::HaltLocked(const std::string& why) {
  mine_ = false;
  halted_ = absl::DataLossError(absl::StrCat(options_.topic, " partition ", options_.partition,
                                             " offset ", place_.next_offset(), ": ", why));
  is_halted_ = true;
  ++generation_;
  telemetry::Log(telemetry::Level::kError, "partition_halted",
                 {{"why", std::string(halted_.message())}});
}

absl::Status KafkaJournal::Health() const {
  std::lock_guard lock(mutex_);
  return HealthLocked();
}

absl::Status KafkaJournal::HealthLocked() const {
  if (!halted_.ok()) return halted_;
  if (mine_ || !IsWriter()) return absl::OkStatus();
  if (place_.owner().empty() || place_.owner() == options_.owner) return lost_;
  return TryLater(absl::StatusCode::kUnavailable, "OWNED_ELSEWHERE",
                  absl::StrCat("ask ", place_.owner(), ", which owns ", options_.topic,
                               " partition ", options_.partition),
                  kRetryMs);
}

uint64_t KafkaJournal::epoch() const {
  std::lock_guard lock(mutex_);
  return place_.epoch();
}

KafkaJournal::Ownership KafkaJournal::ownership() const {
  std::lock_guard lock(mutex_);
  return {place_.epoch(), place_.owner(), mine_};
}

absl::StatusOr<uint64_t> KafkaJournal::End() const {
  if (is_halted_) return Health();
  return end_.load();
}

absl::Status KafkaJournal::Read(uint64_t after, const Visit& visit) const {
  return copy_.Read(after, visit);
}

void KafkaJournal::KeepPlace() {
  auto open = copies_.Lease();
  if (!open) return;
  std::string bytes;
  {
    std::lock_guard lock(mutex_);
    if (place_.next_offset() == kept_offset_) return;
    place_.set_seq(end_);
    kept_offset_ = place_.next_offset();
    bytes = place_.SerializeAsString();
  }
  // Behind the copy's own records in the same log, so never ahead of them.
  auto put = open->db().Put(rocksdb::WriteOptions(), open->family("default").get(),
                            kPlace + options_.topic, bytes);
  if (!put.ok()) copies_.Fail(state::FromRocks(put));
}

}  // namespace ccfa::journal
