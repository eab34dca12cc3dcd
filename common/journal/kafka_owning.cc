// Who has the partition: claims, the lease, and giving it up.

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/core/since_boot.h"
#include "common/journal/kafka.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

constexpr absl::Duration kClaimPatience = absl::Seconds(10);
constexpr auto kReleasePatience = std::chrono::seconds(3);
constexpr size_t kNonceBytes = 16;

}  // namespace

bool KafkaJournal::CanClaim() {
  Lock lock(mutex_);
  if (!claiming_.empty() && SinceBoot() > claimed_at_ + kClaimPatience) {
    // Should it land all the same, it is the claim of another life.
    claiming_.clear();
    producer_.reset();
  }
  return IsWriter() && !mine_ && !released_ && !closed_ && claiming_.empty() && halted_.ok() &&
         !load_again_;
}

void KafkaJournal::SendClaim(uint64_t last) {
  // A session of its own: nothing that the last ownership sent is sent again.
  absl::StatusOr<std::shared_ptr<KafkaProducer>> producer =
      KafkaProducer::Create(options_.settings, options_.topic, options_.partition);
  Claim claim;
  claim.owner = options_.owner;
  claim.nonce = RandomHex(kNonceBytes);
  {
    Lock lock(mutex_);
    if (!producer.ok()) {
      // A file of the settings that is being replaced just now.
      lost_ = NotNow("BROKER_FAILED", producer.status().message());
      return;
    }
    if (released_ || place_.epoch() != last) return;
    claim.epoch = last + 1;
    claiming_ = claim.nonce;
    claimed_at_ = SinceBoot();
    producer_ = *producer;
  }
  absl::Status sent = Send(**producer, claim);
  if (sent.ok()) return;
  Lock lock(mutex_);
  claiming_.clear();
  lost_ = sent;
}

absl::Status KafkaJournal::Send(KafkaProducer& producer, const Claim& claim) const {
  // It has landed when it is read.
  return producer.SendUnwatched(
      {ToHeaders(claim, options_.topic, options_.partition), "claim", "claim"});
}

void KafkaJournal::Confirm(int64_t end, absl::Duration asked) {
  Lock lock(mutex_);
  if (!mine_) return;
  if (place_.next_offset() >= end) {
    must_read_ = false;
    confirmed_until_ = std::max(confirmed_until_, asked + kLease);
  } else if (!sends_) {
    must_read_ = true;
  }
}

void KafkaJournal::Release() {
  {
    Lock lock(mutex_);
    released_ = true;
    // A claim that is on its way would land behind us, and stand for a process that is gone.
    moved_on_.wait_for(lock, kReleasePatience, [&] { return claiming_.empty(); });
  }
  std::lock_guard sending(sending_);
  Lock lock(mutex_);
  if (!mine_) return;
  std::shared_ptr<KafkaProducer> producer = producer_;
  Claim claim{place_.epoch() + 1, "", RandomHex(kNonceBytes)};
  LoseLocked(NotNow("RELEASED", "this process gave its partition up"));
  lock.unlock();
  std::vector<KafkaProducer::Outgoing> outgoing;
  outgoing.push_back({ToHeaders(claim, options_.topic, options_.partition), "claim", "claim"});
  absl::Status sent = producer->Send(std::move(outgoing)).status();
  if (sent.ok()) return;
  telemetry::Log(telemetry::Level::kWarning, "release_failed",
                 {{"topic", options_.topic}, {"why", std::string(sent.message())}});
}

void KafkaJournal::Reclaim() {
  std::lock_guard sending(sending_);
  Lock lock(mutex_);
  if (mine_)
    LoseLocked(NotNow("STARTING", "the service claims its partition again, with new certificates"));
}

void KafkaJournal::LoseLocked(const absl::Status& why) {
  mine_ = false;
  must_read_ = true;
  // Nothing of this ownership is sent any more.
  producer_.reset();
  lost_ = why;
  ++generation_;
}

absl::Status KafkaJournal::Health() const {
  Lock lock(mutex_);
  return HealthLocked();
}

absl::Status KafkaJournal::HealthLocked() const {
  if (!halted_.ok()) return halted_;
  if (!IsWriter()) return absl::OkStatus();
  if (mine_) {
    return SinceBoot() >= others_may_answer_until_
               ? absl::OkStatus()
               : NotNow("STARTING", "the last owner may still answer for a moment");
  }
  if (place_.owner().empty() || place_.owner() == options_.owner) return lost_;
  return OwnedElsewhere(place_.owner(),
                        absl::StrCat(options_.topic, " partition ", options_.partition));
}

absl::Status KafkaJournal::IsCurrent() const {
  Lock lock(mutex_);
  return IsCurrentLocked();
}

absl::Status KafkaJournal::IsCurrentLocked() const {
  absl::Status health = HealthLocked();
  if (!health.ok() || !IsWriter()) return health;
  if (SinceBoot() < confirmed_until_) return absl::OkStatus();
  return NotNow("NOT_CONFIRMED",
                "the broker has not confirmed lately that this process still has the partition");
}

uint64_t KafkaJournal::epoch() const {
  Lock lock(mutex_);
  return place_.epoch();
}

KafkaJournal::Ownership KafkaJournal::ownership() const {
  Lock lock(mutex_);
  return {place_.epoch(), place_.owner(), mine_, mine_ && SinceBoot() < confirmed_until_,
          place_.owner() == options_.owner};
}

}  // namespace ccfa::journal
