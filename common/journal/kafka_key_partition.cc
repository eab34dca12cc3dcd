#include "common/journal/kafka_key_partition.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/core/since_boot.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

constexpr auto kReadPatience = std::chrono::seconds(5);

/// The name that a message key is about.
std::string NameIn(const std::string& message_key) {
  return message_key.substr(0, message_key.rfind('/'));
}

}  // namespace

std::string KafkaKeyPartition::MessageKey(const std::string& name, const std::string& nonce) {
  return absl::StrCat(name, "/", nonce);
}

KafkaKeyPartition::Keys::const_iterator KafkaKeyPartition::FirstOf(const Person& person) {
  return std::min_element(person.keys.begin(), person.keys.end(), [](const auto& a, const auto& b) {
    return a.second.made_at() < b.second.made_at();
  });
}

std::optional<KafkaKeyPartition::Found> KafkaKeyPartition::Find(const std::string& name) const {
  std::lock_guard lock(mutex_);
  auto person = people_.find(name);
  if (person == people_.end() || person->second.destroyed || person->second.keys.empty())
    return std::nullopt;
  auto first = FirstOf(person->second);
  return Found{first->first, first->second};
}

std::vector<std::string> KafkaKeyPartition::Names(const std::string& council) const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, person] : people_) {
    if (person.destroyed || person.keys.empty()) continue;
    if (council.empty() || CouncilOf(name) == council) names.push_back(name);
  }
  return names;
}

std::vector<std::string> KafkaKeyPartition::Forget(const std::string& name) {
  std::lock_guard lock(mutex_);
  Person& person = people_[name];
  person.destroyed = true;
  NoteLeftLocked(person);
  std::vector<std::string> there;
  for (const auto& [message_key, kept] : person.keys) there.push_back(message_key);
  return there;
}

std::vector<std::string> KafkaKeyPartition::Left() const {
  std::lock_guard lock(mutex_);
  // Before it was read to the end, what counts may still come.
  return loaded_ ? std::vector<std::string>(left_.begin(), left_.end())
                 : std::vector<std::string>();
}

void KafkaKeyPartition::NoteLeftLocked(const Person& person) {
  auto first = person.destroyed ? person.keys.end() : FirstOf(person);
  for (auto key = person.keys.begin(); key != person.keys.end(); ++key)
    key == first ? void(left_.erase(key->first)) : void(left_.insert(key->first));
}

absl::Status KafkaKeyPartition::Await(int64_t end) {
  std::unique_lock lock(mutex_);
  if (moved_on_.wait_for(lock, kReadPatience, [&] { return next_offset_ >= end; }))
    return absl::OkStatus();
  return NotNow("BROKER_SILENT", "people's keys cannot be read to their end at the moment");
}

bool KafkaKeyPartition::is_loaded() const {
  std::lock_guard lock(mutex_);
  return loaded_;
}

void KafkaKeyPartition::SetLoaded() {
  std::lock_guard lock(mutex_);
  loaded_ = true;
}

bool KafkaKeyPartition::WantsSweep(absl::Duration quiet) const {
  std::lock_guard lock(mutex_);
  return loaded_ && !swept_ && SinceBoot() >= moved_at_ + quiet;
}

int64_t KafkaKeyPartition::next_offset() const {
  std::lock_guard lock(mutex_);
  return next_offset_;
}

void KafkaKeyPartition::Miss() {
  telemetry::Log(telemetry::Level::kError, "keys_missing",
                 {{"topic", topic_},
                  {"partition", partition_},
                  {"why", "the broker does not have them any more: the topic is compacted only"}});
}

void KafkaKeyPartition::Absorb(const Messages& messages) {
  {
    std::lock_guard lock(mutex_);
    for (const RdKafka::Message* message : messages) {
      if (message->offset() < next_offset_) continue;
      if (message->key() != nullptr) TakeLocked(*message);
      next_offset_ = message->offset() + 1;
      moved_at_ = SinceBoot();
    }
  }
  moved_on_.notify_all();
}

void KafkaKeyPartition::TakeLocked(const RdKafka::Message& message) {
  const std::string& message_key = *message.key();
  swept_ = message_key == kSweep;
  if (swept_) return;
  Person& person = people_[NameIn(message_key)];
  if (message.payload() == nullptr) {
    person.keys.erase(message_key);
    left_.erase(message_key);
    if (person.keys.empty() && !person.destroyed) people_.erase(NameIn(message_key));
    return;
  }
  v1::KeptKey kept;
  if (!kept.ParseFromArray(message.payload(), static_cast<int>(message.len()))) {
    telemetry::Log(telemetry::Level::kError, "key_damaged", {{"key", message_key}});
    return;
  }
  if (!kept.has_made_at()) kept.set_made_at(message.offset());
  person.keys[message_key] = std::move(kept);
  NoteLeftLocked(person);
}

}  // namespace ccfa::journal
