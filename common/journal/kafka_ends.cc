#include "common/journal/kafka_ends.h"

#include <algorithm>

namespace ccfa::journal {
namespace {

constexpr int kPatienceAll_ms = 400;
// One broker that hangs must not keep the others' answers back.
constexpr int kPatienceEach_ms = 100;

using Partition = std::unique_ptr<RdKafka::TopicPartition>;

Partition EndOf(const KafkaFollower& follower) {
  return Partition(RdKafka::TopicPartition::create(follower.topic(), follower.partition(),
                                                   RdKafka::Topic::OFFSET_END));
}

absl::StatusOr<std::shared_ptr<RdKafka::Producer>> NewClient(const KafkaSettings& settings) {
  absl::StatusOr<std::unique_ptr<RdKafka::Conf>> conf = NewConf(settings);
  if (!conf.ok()) return conf.status();
  std::string error;
  (*conf)->set("socket.nagle.disable", "true", error);
  std::shared_ptr<RdKafka::Producer> client(RdKafka::Producer::create(conf->get(), error));
  if (!client) return absl::InvalidArgumentError(error);
  return client;
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaEnds>> KafkaEnds::Create(const KafkaSettings& settings) {
  absl::StatusOr<Client> client = NewClient(settings);
  if (!client.ok()) return client.status();
  return std::unique_ptr<KafkaEnds>(new KafkaEnds(*std::move(client)));
}

absl::Status KafkaEnds::Renew(const KafkaSettings& settings) {
  absl::StatusOr<Client> client = NewClient(settings);
  if (!client.ok()) return client.status();
  std::lock_guard lock(mutex_);
  client_ = *std::move(client);
  return absl::OkStatus();
}

std::vector<int64_t> KafkaEnds::Ask(const std::vector<KafkaFollower*>& followers) {
  // One that is renewed meanwhile goes when it has answered.
  std::unique_lock lock(mutex_);
  const Client client = client_;
  lock.unlock();
  std::vector<Partition> ends;
  std::vector<RdKafka::TopicPartition*> asked;
  for (KafkaFollower* follower : followers) {
    ends.push_back(EndOf(*follower));
    asked.push_back(ends.back().get());
  }
  const bool all = asked.empty() || Ask(*client, asked, kPatienceAll_ms);
  std::vector<int64_t> offsets(followers.size(), -1);
  for (size_t i = 0; i < offsets.size(); ++i) {
    if (!all) {
      ends[i] = EndOf(*followers[i]);
      std::vector<RdKafka::TopicPartition*> one = {ends[i].get()};
      if (!Ask(*client, one, kPatienceEach_ms)) continue;
    }
    if (ends[i]->err() == RdKafka::ERR_NO_ERROR) offsets[i] = ends[i]->offset();
  }
  if (std::find(offsets.begin(), offsets.end(), -1) != offsets.end()) LearnLeaders(*client);
  return offsets;
}

void KafkaEnds::LearnLeaders(RdKafka::Producer& client) {
  RdKafka::Metadata* learned = nullptr;
  client.metadata(/*all_topics=*/true, nullptr, &learned, kPatienceAll_ms);
  delete learned;
}

bool KafkaEnds::Ask(RdKafka::Producer& client, std::vector<RdKafka::TopicPartition*>& partitions,
                    int patience_ms) {
  return client.offsetsForTimes(partitions, patience_ms) == RdKafka::ERR_NO_ERROR;
}

}  // namespace ccfa::journal
