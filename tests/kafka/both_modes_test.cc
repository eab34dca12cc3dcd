// Rules and services do not know which journal they have: fed the same commands at the same times,
// the embedded journal and Kafka's hold the same records, byte for byte.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/journal/kafka_topic.h"
#include "tests/kafka/cluster.h"
#include "tests/support/golden_road.h"

namespace ccfa::kafka {
namespace {

using test_support::Town;

const absl::Time kStart = absl::FromCivil(absl::CivilHour(2027, 1, 11, 9), absl::UTCTimeZone());

std::vector<std::string> RecordsOf(Town& town, journal::Journal& journal) {
  std::vector<std::string> records;
  absl::Status read = journal.Read(0, [&](uint64_t, absl::string_view bytes) {
    records.emplace_back(bytes);
    return true;
  });
  EXPECT_TRUE(read.ok()) << read;
  EXPECT_GT(records.size(), 0) << journal.topic();
  EXPECT_EQ(town.CheckWhole(), absl::OkStatus());
  return records;
}

TEST(BothModes, KeepTheSameRecords) {
  for (const char* topic :
       {"ccfa.intake.v1", "ccfa.routing.v1", "ccfa.sara.v1", "ccfa.scrutiny.v1"}) {
    absl::Status made = journal::CreateTopic(SharedCluster().settings(), topic, 1, 3);
    ASSERT_TRUE(made.ok()) << made;
  }
  Town embedded(kStart);
  Town kafka(kStart,
             host::Host::Kafka{SharedCluster().settings(), "127.0.0.1:1",
                               [](const std::string&, const std::string&, int) { return true; }});
  GoEveryWay(embedded);
  GoEveryWay(kafka);
  for (size_t i = 0; i < embedded.host().journals().size(); ++i) {
    EXPECT_EQ(RecordsOf(kafka, *kafka.host().journals()[i]),
              RecordsOf(embedded, *embedded.host().journals()[i]));
  }
}

TEST(BothModes, GoOnAfterARestartOnWhatKafkaKept) {
  Town kafka(kStart,
             host::Host::Kafka{SharedCluster().settings(), "127.0.0.1:1",
                               [](const std::string&, const std::string&, int) { return true; }});
  std::vector<std::string> before = RecordsOf(kafka, *kafka.host().journals()[0]);
  kafka.Restart();
  EXPECT_EQ(RecordsOf(kafka, *kafka.host().journals()[0]), before);
}

}  // namespace
}  // namespace ccfa::kafka
