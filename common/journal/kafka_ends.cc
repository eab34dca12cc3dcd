#include "common/journal/kafka_ends.h"

#include <algorithm>

namespace ccfa::journal {
namespace {

constexpr int kPatience_ms = 400;
// One broker that hangs must not keep the others' answers back.
constexpr int kPatienceEach_ms = 100;

using Partition = std::unique_ptr<RdKafka::TopicPartition>;

Partition EndOf(const KafkaFollower& follower) {
  return Partition(RdKafka::TopicPartition::create(follower.topic(), follower.partition(),
                                                   RdKafka::Topic::OFFSET_END));
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaEnds>> KafkaEnds::Create(const KafkaSettings& settings) {
  absl::StatusOr<std::unique_ptr<RdKafka::Conf>> conf = NewConf(settings);
  if (!conf.ok()) return conf.status();
  std::string error;
  (*conf)->set("socket.nagle.disable", "true", error);
  std::unique_ptr<RdKafka::Producer> client(RdKafka::Producer::create(conf->get(), error));
  if (!client) return absl::InvalidArgumentError(error);
  return std::unique_ptr<KafkaEnds>(new KafkaEnds(std::move(client)));
}

std::vector<int64_t> KafkaEnds::Ask(const std::vector<KafkaFollower*>& followers) {
  std::vector<Partition> ends;
  std::vector<RdKafka::TopicPartition*> asked;
  for (KafkaFollower* follower : followers) {
    ends.push_back(EndOf(*follower));
    asked.push_back(ends.back().get());
  }
  const bool all = asked.empty() || Ask(asked, kPatience_ms);
  std::vector<int64_t> offsets(followers.size(), -1);
  for (size_t i = 0; i < offsets.size(); ++i) {
    if (!all) {
      ends[i] = EndOf(*followers[i]);
      std::vector<RdKafka::TopicPartition*> one = {ends[i].get()};
      if (!Ask(one, kPatienceEach_ms)) continue;
    }
    if (ends[i]->err() == RdKafka::ERR_NO_ERROR) offsets[i] = ends[i]->offset();
  }
  if (std::find(offsets.begin(), offsets.end(), -1) != offsets.end()) LearnLeaders();
  return offsets;
}

void KafkaEnds::LearnLeaders() {
  RdKafka::Metadata* learned = nullptr;
  client_->metadata(/*all_topics=*/true, nullptr, &learned, kPatience_ms);
  delete learned;
}

bool KafkaEnds::Ask(std::vector<RdKafka::TopicPartition*>& partitions, int patience_ms) {
  return client_->offsetsForTimes(partitions, patience_ms) == RdKafka::ERR_NO_ERROR;
}

}  // namespace ccfa::journal
