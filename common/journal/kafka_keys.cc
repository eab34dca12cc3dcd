#include "common/journal/kafka_keys.h"

#include <chrono>
#include <map>
#include <utility>

#include "common/core/names.h"
#include "common/core/partition.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

using privacy::v1::WrappedKey;

constexpr size_t kKeyNonceBytes = 8;
constexpr auto kSendPatience = std::chrono::seconds(5);
// A clock's unrest, so that the record that closes a segment does not land in it.
constexpr absl::Duration kSlack = absl::Seconds(1);

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaKeys>> KafkaKeys::Open(Options options) {
  absl::StatusOr<std::unique_ptr<KafkaEnds>> ends = KafkaEnds::Create(options.settings);
  if (!ends.ok()) return ends.status();
  return std::unique_ptr<KafkaKeys>(new KafkaKeys(std::move(options), *std::move(ends)));
}

KafkaKeys::KafkaKeys(Options options, std::unique_ptr<KafkaEnds> ends)
    : options_(std::move(options)), ends_(std::move(ends)) {
  for (int i = 0; i < options_.partitions; ++i) {
    // One session serves all of them.
    auto renew = [this, i] {
      if (i == 0) RenewSessions();
    };
    partitions_.push_back(std::make_unique<KafkaKeyPartition>(kTopic, i, renew));
  }
}

std::vector<KafkaFollower*> KafkaKeys::followers() const {
  std::vector<KafkaFollower*> followers;
  for (const auto& partition : partitions_) followers.push_back(partition.get());
  return followers;
}

KafkaKeyPartition& KafkaKeys::Of(const std::string& name) const {
  return *partitions_[PartitionOf(CouncilOf(name), options_.partitions)];
}

absl::Status KafkaKeys::CatchUp(KafkaKeyPartition& partition) const {
  const int64_t end = ends_->Ask({&partition}).front();
  if (end < 0) return NotNow("BROKER_SILENT", "the broker did not say where people's keys end");
  absl::Status reached = partition.Await(end);
  if (reached.ok()) partition.SetLoaded();
  return reached;
}

absl::StatusOr<std::optional<KafkaKeys::Found>> KafkaKeys::Look(const std::string& name) const {
  KafkaKeyPartition& partition = Of(name);
  if (!partition.is_loaded()) {
    if (absl::Status reached = CatchUp(partition); !reached.ok()) return reached;
  }
  return partition.Find(name);
}

absl::StatusOr<std::optional<WrappedKey>> KafkaKeys::Get(const std::string& name) const {
  // Whoever destroys a key has made it known in the journal before: one that is here may be used.
  absl::StatusOr<std::optional<Found>> found = Look(name);
  if (found.ok() && !*found) {
    // Another process may have made it a moment ago.
    if (absl::Status reached = CatchUp(Of(name)); !reached.ok()) return reached;
    found = Look(name);
  }
  if (!found.ok()) return found.status();
  if (!*found) return std::nullopt;
  return (*found)->kept.key();
}

absl::StatusOr<WrappedKey> KafkaKeys::Make(const std::string& name, const WrappedKey& key) {
  absl::StatusOr<std::optional<Found>> found = Look(name);
  if (!found.ok()) return found.status();
  if (*found) return (*found)->kept.key();
  KafkaKeyPartition& partition = Of(name);
  v1::KeptKey kept;
  *kept.mutable_key() = key;
  absl::StatusOr<int64_t> end = Send(
      partition,
      {{KafkaKeyPartition::MessageKey(name, RandomHex(kKeyNonceBytes)), kept.SerializeAsString()}});
  if (!end.ok()) return end.status();
  // Another's may stand before it.
  if (absl::Status reached = partition.Await(*end); !reached.ok()) return reached;
  std::optional<Found> counts = partition.Find(name);
  if (!counts) return absl::NotFoundError("the key was destroyed");
  return counts->kept.key();
}

absl::Status KafkaKeys::Rewrap(const std::map<std::string, WrappedKey>& keys) {
  std::map<KafkaKeyPartition*, Entries> entries;
  for (const auto& [name, key] : keys) {
    absl::StatusOr<std::optional<Found>> found = Look(name);
    if (!found.ok()) return found.status();
    if (!*found) continue;
    v1::KeptKey& kept = (*found)->kept;
    *kept.mutable_key() = key;
    entries[&Of(name)].emplace_back((*found)->message_key, kept.SerializeAsString());
  }
  for (const auto& [partition, theirs] : entries) {
    absl::StatusOr<int64_t> end = Send(*partition, theirs);
    absl::Status rewrapped = end.ok() ? partition->Await(*end) : end.status();
    if (!rewrapped.ok()) return rewrapped;
  }
  return absl::OkStatus();
}

absl::Status KafkaKeys::Destroy(const std::vector<std::string>& names) {
  std::map<KafkaKeyPartition*, std::vector<std::string>> by_partition;
  for (const std::string& name : names) by_partition[&Of(name)].push_back(name);
  for (const auto& [partition, theirs] : by_partition) {
    // Another process may have made one of them a moment ago.
    if (absl::Status reached = CatchUp(*partition); !reached.ok()) return reached;
    std::vector<std::string> there;
    for (const std::string& name : theirs) {
      std::vector<std::string> keys = partition->Forget(name);
      there.insert(there.end(), keys.begin(), keys.end());
    }
    if (absl::Status removed = Remove(*partition, there); !removed.ok()) return removed;
  }
  return absl::OkStatus();
}

absl::Status KafkaKeys::Each(
    const std::string& council,
    const std::function<absl::Status(const std::string& name)>& visit) const {
  for (const auto& partition : partitions_) {
    const bool has_it = PartitionOf(council, options_.partitions) == partition->partition();
    if (!council.empty() && !has_it) continue;
    if (absl::Status reached = CatchUp(*partition); !reached.ok()) return reached;
    for (const std::string& name : partition->Names(council)) {
      if (absl::Status visited = visit(name); !visited.ok()) return visited;
    }
  }
  return absl::OkStatus();
}

void KafkaKeys::LookAfter() {
  absl::Status all;
  for (const auto& partition : partitions_) {
    if (!partition->is_loaded()) CatchUp(*partition).IgnoreError();
    all.Update(Remove(*partition, partition->Left()));
    if (partition->WantsSweep(options_.segment + kSlack)) {
      const std::string sweep = KafkaKeyPartition::kSweep;
      all.Update(Send(*partition, {{sweep, sweep}}).status());
    }
    if (!all.ok()) break;
  }
  if (!all.ok()) {
    telemetry::Log(telemetry::Level::kWarning, "keys_not_tidied",
                   {{"why", std::string(all.message())}});
  }
}

absl::Status KafkaKeys::Remove(const KafkaKeyPartition& partition,
                               const std::vector<std::string>& keys) {
  if (keys.empty()) return absl::OkStatus();
  Entries entries;
  for (const std::string& key : keys) entries.emplace_back(key, "");
  return Send(partition, entries).status();
}

absl::StatusOr<int64_t> KafkaKeys::Send(const KafkaKeyPartition& partition,
                                        const Entries& entries) {
  std::unique_lock sending(sending_, kSendPatience);
  if (!sending) return NotNow("BROKER_FAILED", "people's keys cannot be written at the moment");
  if (!producer_) {
    auto producer = KafkaProducer::Create(options_.settings, kTopic, partition.partition());
    if (!producer.ok()) return NotNow("BROKER_FAILED", producer.status().message());
    producer_ = *std::move(producer);
  }
  producer_->TurnTo(kTopic, partition.partition());
  std::vector<KafkaProducer::Outgoing> outgoing;
  for (const auto& [key, value] : entries) {
    outgoing.push_back({std::unique_ptr<RdKafka::Headers>(RdKafka::Headers::create()), key,
                        value.empty() ? absl::string_view() : absl::string_view(value)});
  }
  absl::StatusOr<std::vector<int64_t>> offsets = producer_->Send(std::move(outgoing));
  if (offsets.ok()) return offsets->back() + 1;
  producer_.reset();
  return offsets.status();
}

void KafkaKeys::RenewSessions() {
  std::lock_guard sending(sending_);
  producer_.reset();
  ends_->Renew(options_.settings).IgnoreError();
}

}  // namespace ccfa::journal
