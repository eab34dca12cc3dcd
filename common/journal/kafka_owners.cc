#include "common/journal/kafka_owners.h"

#include "absl/strings/str_cat.h"

namespace ccfa::journal {

absl::StatusOr<std::unique_ptr<KafkaOwners>> KafkaOwners::Open(const KafkaSettings& settings) {
  absl::StatusOr<std::unique_ptr<KafkaProducer>> producer =
      KafkaProducer::Create(settings, kTopic, 0);
  if (!producer.ok()) return producer.status();
  return std::unique_ptr<KafkaOwners>(new KafkaOwners(settings, *std::move(producer)));
}

KafkaOwners::KafkaOwners(KafkaSettings settings, std::unique_ptr<KafkaProducer> producer)
    : settings_(std::move(settings)), producer_(std::move(producer)) {}

void KafkaOwners::Renew() {
  absl::StatusOr<std::unique_ptr<KafkaProducer>> producer =
      KafkaProducer::Create(settings_, kTopic, 0);
  if (!producer.ok()) return;
  std::lock_guard lock(mutex_);
  producer_ = *std::move(producer);
}

void KafkaOwners::Announce(const v1::Member& member) {
  std::lock_guard lock(mutex_);
  auto known = members_.find(member.address());
  if (known != members_.end() && known->second.SerializeAsString() == member.SerializeAsString()) {
    return;
  }
  v1::Announcement announcement;
  *announcement.mutable_member() = member;
  Send(absl::StrCat("members/", member.address()), announcement);
}

void KafkaOwners::Announce(const v1::PartitionOwner& owner) {
  std::lock_guard lock(mutex_);
  auto known = owners_.find({owner.topic(), owner.partition()});
  if (known != owners_.end() && known->second.epoch() >= owner.epoch()) return;
  v1::Announcement announcement;
  *announcement.mutable_owner() = owner;
  Send(absl::StrCat("owners/", owner.topic(), "/", owner.partition()), announcement);
}

void KafkaOwners::Send(const std::string& key, const v1::Announcement& announcement) {
  std::string value = announcement.SerializeAsString();
  // A hint that is lost is announced again: whoever announces looks whether it is known.
  producer_
      ->SendUnwatched({std::unique_ptr<RdKafka::Headers>(RdKafka::Headers::create()), key, value})
      .IgnoreError();
}

void KafkaOwners::Flush() {
  std::lock_guard lock(mutex_);
  producer_->Flush();
}

void KafkaOwners::Absorb(const Messages& messages) {
  std::lock_guard lock(mutex_);
  for (const RdKafka::Message* message : messages) {
    next_offset_ = message->offset() + 1;
    v1::Announcement announcement;
    if (announcement.ParseFromArray(message->payload(), static_cast<int>(message->len())))
      Take(announcement);
  }
}

void KafkaOwners::Take(const v1::Announcement& announcement) {
  switch (announcement.what_case()) {
    case v1::Announcement::kMember:
      members_[announcement.member().address()] = announcement.member();
      return;
    case v1::Announcement::kOwner: {
      const v1::PartitionOwner& owner = announcement.owner();
      v1::PartitionOwner& known = owners_[{owner.topic(), owner.partition()}];
      // Announced late, by one that has been deposed since.
      if (owner.epoch() >= known.epoch()) known = owner;
      return;
    }
    case v1::Announcement::WHAT_NOT_SET:
      return;
  }
}

int64_t KafkaOwners::next_offset() const {
  std::lock_guard lock(mutex_);
  return next_offset_;
}

std::vector<v1::Member> KafkaOwners::members() const {
  std::lock_guard lock(mutex_);
  std::vector<v1::Member> members;
  for (const auto& [address, member] : members_) {
    if (member.services_size() > 0) members.push_back(member);
  }
  return members;
}

std::vector<v1::PartitionOwner> KafkaOwners::owners() const {
  std::lock_guard lock(mutex_);
  std::vector<v1::PartitionOwner> owners;
  for (const auto& [partition, owner] : owners_) owners.push_back(owner);
  return owners;
}

}  // namespace ccfa::journal
