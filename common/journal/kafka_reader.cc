#include "common/journal/kafka_reader.h"

#include "absl/strings/str_cat.h"
#include "common/core/since_boot.h"
#include "common/journal/kafka_consumer.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

constexpr int kConsume_ms = 50;
constexpr size_t kMessagesATurn = 256;
constexpr absl::Duration kChooseEvery = absl::Milliseconds(50);
constexpr absl::Duration kKeepPlacesEvery = absl::Seconds(1);
constexpr int kSeek_ms = 5000;

using Partition = std::unique_ptr<RdKafka::TopicPartition>;

Partition At(const KafkaFollower& follower, int64_t offset) {
  return Partition(RdKafka::TopicPartition::create(follower.topic(), follower.partition(), offset));
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaReader>> KafkaReader::Create(const KafkaSettings& settings) {
  absl::StatusOr<std::unique_ptr<RdKafka::KafkaConsumer>> consumer = NewConsumer(settings);
  if (!consumer.ok()) return consumer.status();
  return std::unique_ptr<KafkaReader>(new KafkaReader(*std::move(consumer)));
}

KafkaReader::KafkaReader(std::unique_ptr<RdKafka::KafkaConsumer> consumer)
    : consumer_(std::move(consumer)) {}

KafkaReader::~KafkaReader() {
  Stop();
  consumer_->close();
}

absl::Status KafkaReader::Start(std::vector<KafkaFollower*> followers) {
  followers_ = std::move(followers);
  for (KafkaFollower* follower : followers_)
    by_partition_[{follower->topic(), follower->partition()}] = follower;
  if (absl::Status assigned = Assign(); !assigned.ok()) return assigned;
  thread_ = std::thread([this] { Run(); });
  return absl::OkStatus();
}

absl::Status KafkaReader::Assign() {
  std::vector<Partition> owned;
  std::vector<RdKafka::TopicPartition*> partitions;
  for (KafkaFollower* follower : followers_) {
    owned.push_back(At(*follower, follower->next_offset()));
    partitions.push_back(owned.back().get());
  }
  left_out_.clear();
  RdKafka::ErrorCode assigned = consumer_->assign(partitions);
  return assigned == RdKafka::ERR_NO_ERROR ? absl::OkStatus()
                                           : absl::UnavailableError(RdKafka::err2str(assigned));
}

absl::Status KafkaReader::Renew(const KafkaSettings& settings) {
  absl::StatusOr<std::unique_ptr<RdKafka::KafkaConsumer>> consumer = NewConsumer(settings);
  if (!consumer.ok()) return consumer.status();
  std::lock_guard lock(mutex_);
  renewed_ = *std::move(consumer);
  return absl::OkStatus();
}

void KafkaReader::TakeRenewed() {
  std::unique_lock lock(mutex_);
  if (!renewed_) return;
  consumer_->close();
  consumer_ = std::move(renewed_);
  lock.unlock();
  if (absl::Status assigned = Assign(); !assigned.ok()) {
    telemetry::Log(telemetry::Level::kError, "kafka_read_failed",
                   {{"why", std::string(assigned.message())}});
  }
}

void KafkaReader::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void KafkaReader::Run() {
  absl::Duration choose, keep_places = SinceBoot() + kKeepPlacesEvery;
  while (!stopping_) {
    TakeRenewed();
    HandOut(TakeMessages());
    if (SinceBoot() < choose) continue;
    ChooseWhatToRead();
    choose = SinceBoot() + kChooseEvery;
    if (SinceBoot() < keep_places) continue;
    for (KafkaFollower* follower : followers_) {
      ReadAgain(*follower);
      follower->KeepPlace();
    }
    keep_places = SinceBoot() + kKeepPlacesEvery;
  }
  for (KafkaFollower* follower : followers_) follower->KeepPlace();
}

std::vector<std::unique_ptr<RdKafka::Message>> KafkaReader::TakeMessages() {
  std::vector<std::unique_ptr<RdKafka::Message>> messages;
  for (int wait_ms = kConsume_ms; messages.size() < kMessagesATurn; wait_ms = 0) {
    std::unique_ptr<RdKafka::Message> message(consumer_->consume(wait_ms));
    if (message->err() == RdKafka::ERR__TIMED_OUT) break;
    messages.push_back(std::move(message));
  }
  return messages;
}

void KafkaReader::HandOut(const std::vector<std::unique_ptr<RdKafka::Message>>& messages) {
  std::map<KafkaFollower*, KafkaFollower::Messages> for_whom;
  for (const auto& message : messages) {
    KafkaFollower* follower = FollowerOf(*message);
    if (message->err() == RdKafka::ERR_NO_ERROR) {
      if (follower != nullptr) for_whom[follower].push_back(message.get());
    } else if (follower != nullptr && (message->err() == RdKafka::ERR__AUTO_OFFSET_RESET ||
                                       message->err() == RdKafka::ERR_OFFSET_OUT_OF_RANGE)) {
      follower->Miss();
    } else {
      telemetry::Log(telemetry::Level::kWarning, "kafka_read_failed", {{"why", message->errstr()}});
    }
  }
  for (auto& [follower, theirs] : for_whom) follower->Absorb(theirs);
}

KafkaFollower* KafkaReader::FollowerOf(const RdKafka::Message& message) const {
  auto found = by_partition_.find({message.topic_name(), message.partition()});
  return found == by_partition_.end() ? nullptr : found->second;
}

void KafkaReader::ChooseWhatToRead() {
  for (KafkaFollower* follower : followers_) {
    const bool leave_out = follower->WroteItself();
    if (leave_out == left_out_.contains(follower)) continue;
    Partition partition = At(*follower, follower->next_offset());
    std::unique_ptr<RdKafka::Error> failed(leave_out
                                               ? consumer_->incremental_unassign({partition.get()})
                                               : consumer_->incremental_assign({partition.get()}));
    if (failed) {
      telemetry::Log(telemetry::Level::kError, "kafka_assign_failed", {{"why", failed->str()}});
    } else if (leave_out) {
      left_out_.insert(follower);
    } else {
      left_out_.erase(follower);
    }
  }
}

void KafkaReader::ReadAgain(KafkaFollower& follower) {
  std::optional<int64_t> from = follower.ReadAgainFrom();
  if (!from) return;
  RdKafka::ErrorCode sought = consumer_->seek(*At(follower, *from), kSeek_ms);
  telemetry::Log(telemetry::Level::kWarning, "kafka_read_again",
                 {{"topic", follower.topic()},
                  {"partition", follower.partition()},
                  {"from", *from},
                  {"outcome", RdKafka::err2str(sought)}});
}

}  // namespace ccfa::journal
