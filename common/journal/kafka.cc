#include "common/journal/kafka.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/core/refusal.h"
#include "common/core/since_boot.h"
#include "common/journal/embedded_facts.h"
#include "common/journal/reopening.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

constexpr auto kReadPatience = std::chrono::seconds(5);

}  // namespace

std::string PlaceKey(const std::string& topic, int partition) {
  return absl::StrCat(kPlacePrefix, topic, "/", partition);
}

absl::StatusOr<std::unique_ptr<KafkaJournal>> KafkaJournal::Open(Options options,
                                                                 state::Database& copies) {
  std::unique_ptr<KafkaJournal> journal(new KafkaJournal(std::move(options), copies));
  Lock lock(journal->mutex_);
  if (absl::Status status = journal->LoadLocked(); !status.ok()) return status;
  lock.unlock();
  return journal;
}

KafkaJournal::KafkaJournal(Options options, state::Database& copies)
    : options_(std::move(options)),
      copies_(copies),
      copy_(copies, options_.topic, options_.partition),
      lost_(NotNow("STARTING", "the service is claiming its partition")) {}

void KafkaJournal::OnAppend(Ring ring) {
  std::lock_guard lock(rings_mutex_);
  rings_.push_back(std::move(ring));
}

void KafkaJournal::RingAll(const std::vector<Sealed>& records) {
  std::lock_guard lock(rings_mutex_);
  for (const Ring& ring : rings_) ring(records);
}

absl::Status KafkaJournal::LoadLocked() {
  auto open = copies_.Lease();
  if (!open) return Reopening();
  std::string bytes;
  auto found = open->db().Get(rocksdb::ReadOptions(), open->family("default").get(),
                              PlaceKey(options_.topic, options_.partition), &bytes);
  if (!found.ok() && !found.IsNotFound()) return state::FromRocks(found);
  place_.Clear();
  if (!place_.ParseFromString(bytes)) return absl::DataLossError("the place is damaged");
  absl::StatusOr<uint64_t> end = copy_.End();
  if (!end.ok()) return end.status();
  // The copy lost its tail: all of it is read again, and what is there already is dropped.
  if (place_.seq() > *end) place_.Clear();
  end_ = *end;
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

void KafkaJournal::Absorb(const Messages& messages) {
  std::vector<Sealed> absorbed;
  std::vector<ThenEnd> answered;
  {
    Lock lock(mutex_);
    for (const RdKafka::Message* message : messages) {
      if (!AbsorbLocked(*message, absorbed)) break;
    }
    if (!CopyLocked(absorbed).ok()) absorbed.clear();
    answered = TakeAnsweredLocked();
  }
  moved_on_.notify_all();
  if (!absorbed.empty()) RingAll(absorbed);
  for (ThenEnd& then : answered) then(End());
}

bool KafkaJournal::AbsorbLocked(const RdKafka::Message& message, std::vector<Sealed>& absorbed) {
  if (!halted_.ok() || load_again_ || closed_) return false;
  if (message.offset() < place_.next_offset()) return true;
  if (IsClaim(message)) {
    absl::StatusOr<Claim> claim = ClaimOf(message);
    claim.ok() ? AbsorbClaimLocked(*claim) : HaltLocked(std::string(claim.status().message()));
  } else {
    absl::StatusOr<record::v1::Record> record = RecordOf(message);
    record.ok() ? AbsorbRecordLocked(*record, absorbed)
                : HaltLocked(std::string(record.status().message()));
  }
  if (halted_.ok()) place_.set_next_offset(message.offset() + 1);
  return halted_.ok();
}

void KafkaJournal::AbsorbClaimLocked(const Claim& claim) {
  bool sent_here = !claiming_.empty() && claim.nonce == claiming_;
  if (sent_here) claiming_.clear();
  // Of two claims of one epoch, the first counts.
  if (claim.epoch <= place_.epoch()) return;
  // Whoever had it may not know yet.
  if (!place_.owner().empty() && place_.owner() != claim.owner && !claim.owner.empty())
    others_may_answer_until_ = SinceBoot() + kLease;
  place_.set_epoch(claim.epoch);
  place_.set_owner(claim.owner);
  if (sent_here) {
    mine_ = true;
    lost_ = absl::OkStatus();
    confirmed_until_ = claimed_at_ + kLease;
  } else if (mine_) {
    LoseLocked(NotNow("OWNERSHIP_LOST", absl::StrCat("the partition was taken by ", claim.owner)));
  }
  ++generation_;
  telemetry::Log(telemetry::Level::kInfo, "partition_claimed",
                 {{"topic", options_.topic},
                  {"partition", options_.partition},
                  {"epoch", static_cast<int64_t>(claim.epoch)},
                  {"owner", claim.owner},
                  {"mine", mine_}});
}

void KafkaJournal::AbsorbRecordLocked(const record::v1::Record& record,
                                      std::vector<Sealed>& absorbed) {
  uint64_t end = absorbed.empty() ? end_.load() : absorbed.back().seq;
  // What a deposed writer appended after the claim has no effect, and what is known has had its.
  if (record.epoch() < place_.epoch() || record.seq() <= end) return;
  std::string& head = (*place_.mutable_heads())[record.council()];
  if (record.epoch() > place_.epoch()) {
    return HaltLocked(absl::StrCat("seq ", record.seq(), " is of epoch ", record.epoch(),
                                   ", which nobody claimed"));
  }
  if (record.seq() != end + 1)
    return HaltLocked(absl::StrCat("seq ", record.seq(), " follows seq ", end));
  if (record.previous_hash() != head) {
    return HaltLocked(
        absl::StrCat("seq ", record.seq(), " does not follow its council's last record"));
  }
  absorbed.push_back({record.seq(), record.SerializeAsString()});
  head = Digest(absorbed.back().bytes);
}

absl::Status KafkaJournal::CopyLocked(const std::vector<Sealed>& records) {
  if (records.empty()) return absl::OkStatus();
  absl::Status copied = copy_.Append(records, Durability::kWithNext);
  if (copied.ok()) {
    end_ = records.back().seq;
  } else {
    load_again_ = true;
    LoseLocked(copied);
  }
  return copied;
}

void KafkaJournal::Miss() {
  Lock lock(mutex_);
  HaltLocked("the broker does not have it any more: the topic must keep its records for ever");
}

bool KafkaJournal::WroteItself() {
  Lock lock(mutex_);
  return mine_ && !must_read_ && !load_again_;
}

std::optional<int64_t> KafkaJournal::ReadAgainFrom() {
  Lock lock(mutex_);
  if (!load_again_ || !copies_.failure().ok() || !LoadLocked().ok()) return std::nullopt;
  load_again_ = false;
  return place_.next_offset();
}

absl::Status KafkaJournal::Append(const std::vector<Sealed>& records, Durability) {
  if (records.empty()) return absl::OkStatus();
  std::vector<KafkaProducer::Outgoing> outgoing;
  std::vector<record::v1::Record> parsed(records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    if (!parsed[i].ParseFromString(records[i].bytes))
      return absl::InternalError("the record to be appended cannot be decoded");
    outgoing.push_back({ToHeaders(parsed[i], options_.topic, options_.partition),
                        parsed[i].council(), std::move(*parsed[i].mutable_data())});
  }
  std::lock_guard sending(sending_);
  Lock lock(mutex_);
  if (!mine_) return HealthLocked();
  const uint64_t epoch = place_.epoch();
  const int64_t expected = place_.next_offset();
  const absl::Duration asked = SinceBoot();
  std::shared_ptr<KafkaProducer> producer = producer_;
  sends_ = true;
  lock.unlock();
  absl::StatusOr<std::vector<int64_t>> offsets = producer->Send(std::move(outgoing));
  lock.lock();
  sends_ = false;
  absl::Status appended = load_again_ ? lost_ : offsets.status();
  if (appended.ok()) {
    bool follow = offsets->front() == expected &&
                  offsets->back() == expected + static_cast<int64_t>(records.size()) - 1;
    // Behind what was known, and nothing between: nobody claimed before them.
    if (!follow && !HasEffect(lock, offsets->back(), records.back())) {
      appended =
          halted_.ok() ? NotNow("OWNERSHIP_LOST", "somebody else wrote to the partition") : halted_;
    }
  }
  if (!appended.ok()) {
    if (mine_ && place_.epoch() == epoch) LoseLocked(appended);
    return appended;
  }
  // The reading thread may have met some of them already.
  std::vector<Sealed> unmet;
  const bool met_some = records.front().seq <= end_;
  if (met_some) {
    std::copy_if(records.begin(), records.end(), std::back_inserter(unmet),
                 [&](const Sealed& record) { return record.seq > end_; });
  }
  const std::vector<Sealed>& rest = met_some ? unmet : records;
  if (appended = CopyLocked(rest); !appended.ok()) return appended;
  if (place_.next_offset() <= offsets->back()) {
    std::map<absl::string_view, const std::string*> last_of;
    for (size_t i = 0; i < records.size(); ++i) last_of[parsed[i].council()] = &records[i].bytes;
    for (auto& [council, bytes] : last_of)
      (*place_.mutable_heads())[std::string(council)] = Digest(*bytes);
    place_.set_next_offset(offsets->back() + 1);
  }
  confirmed_until_ = std::max(confirmed_until_, asked + kLease);
  lock.unlock();
  if (!rest.empty()) RingAll(rest);
  return absl::OkStatus();
}

bool KafkaJournal::HasEffect(Lock& lock, int64_t offset, const Sealed& last) {
  // The reading thread absorbs them like any others, into the copy too.
  must_read_ = true;
  moved_on_.wait_for(lock, kReadPatience,
                     [&] { return place_.next_offset() > offset || !mine_ || !halted_.ok(); });
  if (!mine_ || end_ < last.seq) return false;
  // Lost and regained meanwhile, the seq may be another's.
  bool there = false;
  absl::Status read = copy_.Read(last.seq - 1, [&](uint64_t, absl::string_view bytes) {
    there = bytes == last.bytes;
    return false;
  });
  return read.ok() && there;
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

int64_t KafkaJournal::next_offset() const {
  Lock lock(mutex_);
  return place_.next_offset();
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
    Lock lock(mutex_);
    if (load_again_ || place_.next_offset() == kept_offset_) return;
    place_.set_seq(end_);
    kept_offset_ = place_.next_offset();
    bytes = place_.SerializeAsString();
  }
  // Behind the copy's own records in the same log, so never ahead of them.
  auto put = open->db().Put(rocksdb::WriteOptions(), open->family("default").get(),
                            PlaceKey(options_.topic, options_.partition), bytes);
  if (!put.ok()) copies_.Fail(state::FromRocks(put));
}

}  // namespace ccfa::journal
