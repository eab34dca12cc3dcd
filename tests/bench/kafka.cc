#include "tests/bench/kafka.h"

#include <unistd.h>

#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/time/clock.h"
#include "common/core/hash.h"
#include "common/core/random.h"
#include "common/journal/kafka_partitions.h"
#include "common/journal/kafka_topic.h"
#include "tests/bench/load.h"

namespace ccfa::bench {
namespace {

using journal::KafkaJournal;
using journal::KafkaProducer;

constexpr int kReplication = 3;
constexpr int kAppendsARound = 300;
constexpr size_t kEventBytes = 400;

using Batch = std::vector<journal::Sealed>;

/// The records that come next in the journal, of one council.
class Records {
 public:
  Batch Next(const KafkaJournal& journal, int count) {
    Batch records;
    for (int i = 0; i < count; ++i) {
      record_.set_type("ccfa.intake.v1.CallLogged");
      record_.set_subject("councils/E09999999/calls/2026-000001");
      record_.mutable_time()->set_seconds(1'790'000'000);
      record_.set_council("E09999999");
      record_.set_actor("administrator:bench");
      record_.set_epoch(journal.epoch());
      record_.set_seq(record_.seq() + 1);
      record_.set_data(RandomHex(kEventBytes / 2));
      records.push_back({record_.seq(), record_.SerializeAsString()});
      record_.set_previous_hash(Digest(records.back().bytes));
    }
    return records;
  }

 private:
  record::v1::Record record_;
};

struct Timed {
  double p50_us = 0;
  double records_a_second = 0;
};

/// Calls `append`, which appends `batch` records, again and again.
template <class Append>
absl::StatusOr<Timed> Time(int batch, Append append) {
  std::vector<absl::Duration> took;
  absl::Time start = absl::Now();
  for (int i = 0; i < kAppendsARound; ++i) {
    absl::Time sent = absl::Now();
    if (absl::Status status = append(); !status.ok()) return status;
    took.push_back(absl::Now() - sent);
  }
  double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  return Timed{absl::ToDoubleMicroseconds(Percentile(took, 0.5)), kAppendsARound * batch / seconds};
}

/// What a record is on the wire, its event and its attributes, as one plain value.
absl::Status SendRaw(KafkaProducer& producer, const Batch& batch) {
  std::vector<KafkaProducer::Outgoing> outgoing(batch.size());
  for (size_t i = 0; i < batch.size(); ++i) {
    outgoing[i].headers.reset(RdKafka::Headers::create());
    outgoing[i].key = "E09999999";
    outgoing[i].value = batch[i].bytes;
  }
  return producer.Send(std::move(outgoing)).status();
}

}  // namespace

absl::StatusOr<KafkaRates> MeasureKafka(const std::string& servers, const std::string& folder,
                                        int rounds, int batch) {
  const journal::KafkaSettings settings = {{"bootstrap.servers", servers}};
  const std::string topic = absl::StrCat("bench-", getpid()), raw_topic = topic + "-raw";
  for (const std::string& name : {topic, raw_topic}) {
    absl::Status made = journal::CreateTopic(settings, name, 1, kReplication);
    if (!made.ok()) return made;
  }
  auto copies = state::Database::Open({folder + "/copies", {topic}, state::Holds::kJournals, {}});
  if (!copies.ok()) return copies.status();
  auto partitions = journal::KafkaPartitions::Create({settings, "127.0.0.1:1"}, **copies);
  if (!partitions.ok()) return partitions.status();
  auto opened = (*partitions)->Open(topic, 0, /*may_own=*/true);
  if (!opened.ok()) return opened.status();
  absl::Cleanup stop = [&] { (*partitions)->Stop(); };
  if (absl::Status started = (*partitions)->Start(); !started.ok()) return started;
  KafkaJournal& journal = **opened;
  for (int look = 0; !journal.ownership().mine; ++look) {
    if (look == 1000) return journal.Health();
    absl::SleepFor(absl::Milliseconds(20));
  }
  auto producer = KafkaProducer::Create(settings, raw_topic, 0);
  if (!producer.ok()) return producer.status();

  Records records;
  std::vector<double> append_us, raw_us, appends, raws;
  for (int round = 0; round <= rounds; ++round) {
    for (int size : {1, batch}) {
      // The same to both, and no two records alike: what is alike, compression takes away.
      std::vector<Batch> next;
      for (int i = 0; i < kAppendsARound; ++i) next.push_back(records.Next(journal, size));
      auto raw =
          Time(size, [&, one = next.begin()]() mutable { return SendRaw(**producer, *one++); });
      auto ours = Time(size, [&, one = next.begin()]() mutable {
        return journal.Append(*one++, journal::Durability::kNow);
      });
      if (!raw.ok()) return raw.status();
      if (!ours.ok()) return ours.status();
      if (round == 0) continue;  // to warm up
      (size == 1 ? raw_us : raws).push_back(size == 1 ? raw->p50_us : raw->records_a_second);
      (size == 1 ? append_us : appends)
          .push_back(size == 1 ? ours->p50_us : ours->records_a_second);
    }
  }
  return KafkaRates{Median(append_us), Median(raw_us), Median(appends), Median(raws)};
}

}  // namespace ccfa::bench
