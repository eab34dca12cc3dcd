#include "common/journal/kafka_partitions.h"

#include <utility>

#include "common/core/since_boot.h"
#include "common/journal/kafka_reach.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

constexpr absl::Duration kConfirmEvery = absl::Milliseconds(250);
constexpr absl::Duration kLookForClaimsEvery = absl::Milliseconds(50);
constexpr absl::Duration kLookForOwnerEvery = absl::Milliseconds(400);
constexpr absl::Duration kLookForNewFilesEvery = absl::Seconds(1);
constexpr absl::Duration kTryNewFilesFor = absl::Seconds(10);
constexpr absl::Duration kOneAfterTheOther = absl::Seconds(2);
// Those whose share it is may still be starting; one that was given up has nobody to wait for.
constexpr absl::Duration kLeaveNewToOthers = absl::Seconds(3);
constexpr absl::Duration kLeaveToOthers = absl::Milliseconds(200);
// An owner that does not say so many times in a row that it has a partition has lost it.
constexpr int kSilences = 3;

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaPartitions>> KafkaPartitions::Create(Options options,
                                                                         state::Database& copies) {
  absl::StatusOr<std::unique_ptr<KafkaReader>> reader = KafkaReader::Create(options.settings);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<std::unique_ptr<KafkaEnds>> ends = KafkaEnds::Create(options.settings);
  if (!ends.ok()) return ends.status();
  return std::unique_ptr<KafkaPartitions>(
      new KafkaPartitions(std::move(options), copies, *std::move(reader), *std::move(ends)));
}

KafkaPartitions::KafkaPartitions(Options options, state::Database& copies,
                                 std::unique_ptr<KafkaReader> reader,
                                 std::unique_ptr<KafkaEnds> ends)
    : options_(std::move(options)),
      copies_(copies),
      reader_(std::move(reader)),
      ends_(std::move(ends)),
      files_(options_.settings) {}

KafkaPartitions::~KafkaPartitions() {
  Stop();
}

absl::StatusOr<std::unique_ptr<KafkaJournal>> KafkaPartitions::Open(const std::string& topic,
                                                                    int partition, bool may_own) {
  absl::StatusOr<std::unique_ptr<KafkaJournal>> journal = KafkaJournal::Open(
      {topic, partition, options_.settings, may_own ? options_.owner : ""}, copies_);
  if (!journal.ok()) return journal.status();
  (*journal)->OnAsk([this] {
    {
      std::lock_guard lock(mutex_);
      asked_ = true;
    }
    asked_or_stopping_.notify_all();
  });
  journals_.push_back(journal->get());
  followers_.push_back(journal->get());
  return journal;
}

absl::Status KafkaPartitions::Start() {
  if (absl::Status started = reader_->Start(followers_); !started.ok()) return started;
  leases_ = std::thread([this] { KeepLeases(); });
  if (!options_.owner.empty()) claims_ = std::thread([this] { ClaimWhatIsFree(); });
  if (files_.any()) renewals_ = std::thread([this] { TakeUpNewFiles(); });
  return absl::OkStatus();
}

void KafkaPartitions::Release() {
  for (KafkaJournal* journal : journals_) journal->Release();
}

void KafkaPartitions::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  asked_or_stopping_.notify_all();
  for (std::thread* thread : {&leases_, &claims_, &renewals_}) {
    if (thread->joinable()) thread->join();
  }
  reader_->Stop();
  for (KafkaJournal* journal : journals_) journal->Close();
}

bool KafkaPartitions::Wait(absl::Duration longest, bool until_asked) {
  std::unique_lock lock(mutex_);
  asked_or_stopping_.wait_for(lock, absl::ToChronoMilliseconds(longest),
                              [&] { return stopping_ || (until_asked && asked_); });
  if (until_asked) asked_ = false;
  return !stopping_;
}

void KafkaPartitions::KeepLeases() {
  absl::Duration confirm_next;
  while (Wait(kConfirmEvery, /*until_asked=*/true)) {
    const absl::Duration now = SinceBoot();
    const bool confirm = now >= confirm_next;
    if (confirm) confirm_next = now + kConfirmEvery;
    std::vector<KafkaJournal*> wanted;
    std::vector<KafkaFollower*> followers;
    for (KafkaJournal* journal : journals_) {
      if (!journal->IsAsked() && !(confirm && journal->ownership().mine)) continue;
      wanted.push_back(journal);
      followers.push_back(journal);
    }
    std::vector<int64_t> ends = ends_->Ask(followers);
    for (size_t i = 0; i < wanted.size(); ++i) {
      wanted[i]->TellEnd(ends[i]);
      if (ends[i] >= 0) wanted[i]->Confirm(ends[i], now);
    }
  }
}

void KafkaPartitions::ClaimWhatIsFree() {
  while (Wait(kLookForClaimsEvery, /*until_asked=*/false)) {
    std::vector<std::pair<KafkaJournal*, uint64_t>> wanted;
    std::vector<KafkaFollower*> followers;
    for (KafkaJournal* journal : journals_) {
      const KafkaJournal::Ownership ownership = journal->ownership();
      if (!journal->CanClaim() || !ShouldTake(*journal, ownership)) continue;
      wanted.emplace_back(journal, ownership.epoch);
      followers.push_back(journal);
    }
    // A claim made on an older view would be of an epoch that is taken: it would only be in the
    // way.
    std::vector<int64_t> ends = ends_->Ask(followers);
    for (size_t i = 0; i < wanted.size(); ++i) {
      auto [journal, epoch] = wanted[i];
      // Without Kafka its owner cannot have what it has confirmed, and is given time to.
      if (ends[i] < 0) silences_.erase(journal);
      if (ends[i] >= 0 && journal->next_offset() >= ends[i]) journal->SendClaim(epoch);
    }
  }
}

void KafkaPartitions::TakeUpNewFiles() {
  std::string last_said;
  while (Wait(kLookForNewFilesEvery, /*until_asked=*/false)) {
    if (!files_.AreReplaced()) continue;
    // Sessions that go on are not given up for files that Kafka refuses.
    const absl::Duration until = SinceBoot() + kTryNewFilesFor;
    absl::Status taken = AwaitKafka(options_.settings, [&] {
      return SinceBoot() >= until || !Wait(absl::ZeroDuration(), /*until_asked=*/false);
    });
    if (taken.ok()) taken = ends_->Renew(options_.settings);
    if (taken.ok()) taken = reader_->Renew(options_.settings);
    if (taken.ok()) {
      files_.Use();
      last_said.clear();
      RenewSessions();
      telemetry::Log(telemetry::Level::kInfo, "kafka_files_taken_up");
    } else if (!absl::IsCancelled(taken) && taken.message() != last_said) {
      last_said = std::string(taken.message());
      telemetry::Log(telemetry::Level::kError, "kafka_files_refused", {{"why", last_said}});
    }
  }
}

void KafkaPartitions::RenewSessions() {
  for (KafkaFollower* follower : followers_) follower->Renew();
  // One after the other: the rest is served meanwhile, and no neighbour finds all of them silent.
  for (KafkaJournal* journal : journals_) {
    if (!journal->ownership().mine) continue;
    journal->Reclaim();
    const absl::Duration until = SinceBoot() + kOneAfterTheOther;
    while (!journal->ownership().confirmed && SinceBoot() < until) {
      if (!Wait(kLookForClaimsEvery, /*until_asked=*/false)) return;
    }
  }
}

bool KafkaPartitions::ShouldTake(KafkaJournal& journal, const KafkaJournal::Ownership& ownership) {
  if (!ownership.owner.empty()) {
    free_since_.erase(&journal);
    return ownership.last_was_here || IsSilent(journal, ownership.owner);
  }
  absl::Duration since = free_since_.try_emplace(&journal, SinceBoot()).first->second;
  const absl::Duration patience = ownership.epoch == 0 ? kLeaveNewToOthers : kLeaveToOthers;
  return options_.is_first(journal.partition()) || SinceBoot() >= since + patience;
}

bool KafkaPartitions::IsSilent(KafkaJournal& journal, const std::string& owner) {
  Silence& silence = silences_[&journal];
  if (silence.owner != owner) silence = {owner, 0, absl::ZeroDuration()};
  if (SinceBoot() >= silence.next_look) {
    const bool has = options_.has(owner, journal.topic(), journal.partition());
    silence.looks = has ? 0 : silence.looks + 1;
    silence.next_look = SinceBoot() + kLookForOwnerEvery;
  }
  return silence.looks >= kSilences;
}

}  // namespace ccfa::journal
