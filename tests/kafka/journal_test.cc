// The Kafka journal on a real Apache Kafka: it keeps the contract of every journal, and the log
// alone decides who writes and what has effect (docs/spec/).

#include <map>
#include <thread>

#include "common/journal/contract.h"
#include "common/journal/kafka_archive.h"
#include "common/journal/kafka_record.h"
#include "tests/kafka/cluster.h"
#include "tests/kafka/journals.h"

namespace ccfa::kafka {
namespace {

using journal::KafkaProducer;

/// The contract's shelf: two topics of a test's own.
class KafkaShelf final : public journal::Shelf {
 public:
  journal::Journal& Of(const std::string& topic) override {
    auto& side = sides_[topic];
    if (!side) {
      side = std::make_unique<Side>(SharedCluster().NewTopic(topic), SharedCluster().settings(),
                                    "127.0.0.1:1");
    }
    EXPECT_TRUE(side->Owns());
    return side->journal();
  }
  void Reopen() override {
    for (auto& [topic, side] : sides_) side->Restart();
  }

 private:
  std::map<std::string, std::unique_ptr<Side>> sides_;
};

class KafkaProtocol : public ::testing::Test {
 protected:
  Side NewSide(const std::string& owner, bool others_answer = true) {
    return Side(topic_, SharedCluster().settings(), owner, others_answer);
  }

  /// Puts a record into the topic past every writer.
  void Smuggle(uint64_t epoch, uint64_t seq, const std::string& text, const std::string& last) {
    auto producer = *KafkaProducer::Create(SharedCluster().settings(), topic_, 0);
    record::v1::Record record;
    ASSERT_TRUE(record.ParseFromString(RecordOf(text, epoch, seq, last)));
    std::vector<KafkaProducer::Outgoing> outgoing;
    outgoing.push_back({journal::ToHeaders(record, topic_, 0), "E1", record.data()});
    ASSERT_TRUE(producer->Send(std::move(outgoing)).ok());
  }
  static std::string LastOf(Side& side) {
    std::string last;
    EXPECT_TRUE(side.journal()
                    .Read(*side.journal().End() - 1,
                          [&](uint64_t, absl::string_view bytes) {
                            last = std::string(bytes);
                            return true;
                          })
                    .ok());
    return last;
  }

  const std::string topic_ = SharedCluster().NewTopic("protocol");
};

TEST_F(KafkaProtocol, KeepsEveryAttributeOfARecord) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a", "b"}).ok());
  ASSERT_TRUE(reader.Reaches(2));
  EXPECT_EQ(LastOf(reader), LastOf(writer));
}

TEST_F(KafkaProtocol, ReadsOnFromItsCopyOrFromNothing) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a", "b"}).ok());
  ASSERT_TRUE(reader.Reaches(2));
  reader.Stop();
  ASSERT_TRUE(writer.Append({"c"}).ok());
  reader.Restart();
  ASSERT_TRUE(reader.Reaches(3));
  EXPECT_EQ(reader.Texts(), "a b c");
  reader.Restart(/*forget=*/true);
  ASSERT_TRUE(reader.Reaches(3));
  EXPECT_EQ(reader.Texts(), "a b c");
}

TEST_F(KafkaProtocol, DropsWhatItHasWhenItReadsFromTheBeginningAgain) {
  Side writer = NewSide("127.0.0.1:1");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a", "b"}).ok());
  writer.Rewind();
  ASSERT_TRUE(writer.Owns());
  EXPECT_EQ(writer.Texts(), "a b");
  ASSERT_TRUE(writer.Append({"c"}).ok());
  writer.Rewind();
  ASSERT_TRUE(writer.Owns());
  EXPECT_EQ(writer.Texts(), "a b c");
}

TEST_F(KafkaProtocol, StandsByWhileTheOwnerAnswers) {
  Side owner = NewSide("127.0.0.1:1");
  ASSERT_TRUE(owner.Owns());
  Side standby = NewSide("127.0.0.1:2");
  ASSERT_TRUE(owner.Append({"a"}).ok());
  ASSERT_TRUE(standby.Reaches(1));
  EXPECT_FALSE(standby.journal().ownership().mine);
  absl::Status refused = standby.Append({"b"});
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("ask 127.0.0.1:1"));
}

TEST_F(KafkaProtocol, IsHandedOverWhenTheOwnerGivesItUp) {
  Side first = NewSide("127.0.0.1:1");
  ASSERT_TRUE(first.Owns());
  Side second = NewSide("127.0.0.1:2");
  ASSERT_TRUE(first.Append({"a"}).ok());
  first.journal().Release();
  ASSERT_TRUE(second.Owns());
  EXPECT_TRUE(absl::IsUnavailable(first.Append({"x"})));
  ASSERT_TRUE(second.Append({"b"}).ok());
  ASSERT_TRUE(first.Reaches(2));
  EXPECT_EQ(first.Texts(), "a b");
}

TEST_F(KafkaProtocol, IsGivenUpByWhoseClaimWasStillOnItsWay) {
  SteppedSide ending(topic_, SharedCluster().settings(), "127.0.0.1:1");
  ending.journal().SendClaim(0);
  std::thread release([&] { ending.journal().Release(); });
  ending.Read(1);
  release.join();
  ending.Read(1);
  EXPECT_EQ(ending.journal().ownership().epoch, 2);
  EXPECT_EQ(ending.journal().ownership().owner, "");
  // Nor is anything claimed behind that, by whoever had just seen that it is free.
  EXPECT_FALSE(ending.journal().CanClaim());
  ending.journal().SendClaim(2);
  Side next = NewSide("127.0.0.1:2");
  ASSERT_TRUE(next.Owns());
  EXPECT_EQ(next.journal().ownership().epoch, 3);
}

TEST_F(KafkaProtocol, IsTakenFromAnOwnerThatDoesNotAnswerAndThatOneIsDeposed) {
  Side deposed = NewSide("127.0.0.1:1");
  ASSERT_TRUE(deposed.Owns());
  ASSERT_TRUE(deposed.Append({"a"}).ok());
  uint64_t generation = deposed.journal().generation();
  Side taker = NewSide("127.0.0.1:2", /*others_answer=*/false);
  ASSERT_TRUE(taker.Owns());
  // It has not noticed yet, or it has: nothing of it has effect.
  EXPECT_FALSE(deposed.Append({"x"}).ok());
  ASSERT_TRUE(taker.Append({"b"}).ok());
  ASSERT_TRUE(deposed.Reaches(2));
  EXPECT_EQ(deposed.Texts(), "a b");
  EXPECT_EQ(taker.Texts(), "a b");
  EXPECT_GT(deposed.journal().generation(), generation);
}

TEST_F(KafkaProtocol, DropsWhatADeposedWriterAppendsAfterTheClaim) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a"}).ok());
  std::string last = LastOf(writer);
  uint64_t old_epoch = writer.journal().epoch();
  writer.Restart();
  ASSERT_TRUE(writer.Owns());
  Smuggle(old_epoch, 2, "late", last);
  // Whether it has read the late one yet or not: no claim lies before its own.
  ASSERT_TRUE(writer.Append({"b"}).ok());
  ASSERT_TRUE(writer.Append({"c"}).ok());
  ASSERT_TRUE(reader.Reaches(3));
  EXPECT_EQ(reader.Texts(), "a b c");
}

TEST_F(KafkaProtocol, DoesNotTakeAnothersSeqForItsOwn) {
  SteppedSide slow(topic_, SharedCluster().settings(), "127.0.0.1:1");
  SteppedSide other(topic_, SharedCluster().settings(), "127.0.0.1:2");
  slow.journal().SendClaim(0);
  slow.Read(1);
  other.Read(1);
  other.journal().SendClaim(1);
  other.Read(1);
  absl::Status appended;
  std::thread unaware([&] {
    appended = slow.journal().Append({{1, RecordOf("late", 1, 1, "")}}, journal::Durability::kNow);
  });
  other.Read(1);
  Smuggle(2, 1, "effective", "");
  // While it waits to hear what lies between, it loses the partition and has it again.
  slow.Read(3);
  slow.journal().SendClaim(2);
  slow.Read(1);
  unaware.join();
  EXPECT_TRUE(absl::IsUnavailable(appended)) << appended;
  EXPECT_TRUE(slow.journal().ownership().mine);
  EXPECT_EQ(TextsOf(slow.journal()), "effective");
}

TEST_F(KafkaProtocol, LetsOneOfTwoThatClaimAtOnceOwnIt) {
  Side one = NewSide("127.0.0.1:1"), two = NewSide("127.0.0.1:2");
  while (!one.journal().ownership().mine && !two.journal().ownership().mine) {
  }
  Side& owner = one.journal().ownership().mine ? one : two;
  Side& other = &owner == &one ? two : one;
  ASSERT_TRUE(owner.Append({"a"}).ok());
  ASSERT_TRUE(other.Reaches(1));
  EXPECT_FALSE(other.Append({"x"}).ok());
  EXPECT_EQ(owner.Texts(), "a");
}

TEST_F(KafkaProtocol, DropsASeqThatItHas) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a"}).ok());
  Smuggle(writer.journal().epoch(), 1, "twice", "");
  ASSERT_TRUE(writer.Append({"b"}).ok());
  ASSERT_TRUE(reader.Reaches(2));
  EXPECT_EQ(reader.Texts(), "a b");
}

TEST_F(KafkaProtocol, HaltsOnAGap) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a"}).ok());
  Smuggle(writer.journal().epoch(), 3, "c", LastOf(writer));
  ASSERT_TRUE(reader.Halts());
  EXPECT_THAT(std::string(reader.journal().End().status().message()),
              ::testing::HasSubstr("seq 3 follows seq 1"));
  EXPECT_EQ(reader.Texts(), "a");
}

TEST_F(KafkaProtocol, HaltsOnAHashThatDoesNotFollow) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a"}).ok());
  Smuggle(writer.journal().epoch(), 2, "forged", "something else");
  ASSERT_TRUE(reader.Halts());
  EXPECT_THAT(std::string(reader.journal().End().status().message()),
              ::testing::HasSubstr("does not follow"));
}

TEST_F(KafkaProtocol, HaltsOnAnEpochThatNobodyClaimed) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  Smuggle(writer.journal().epoch() + 1, 1, "usurped", "");
  ASSERT_TRUE(reader.Halts());
}

TEST_F(KafkaProtocol, HaltsOnAMessageThatIsNoRecord) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a"}).ok());
  auto producer = *KafkaProducer::Create(SharedCluster().settings(), topic_, 0);
  std::vector<KafkaProducer::Outgoing> outgoing;
  outgoing.push_back({std::unique_ptr<RdKafka::Headers>(RdKafka::Headers::create()), "", "\xff"});
  ASSERT_TRUE(producer->Send(std::move(outgoing)).ok());
  ASSERT_TRUE(reader.Halts());
  EXPECT_THAT(std::string(reader.journal().End().status().message()),
              ::testing::HasSubstr("partition 0 offset 2: header ce_type is missing"));
  EXPECT_EQ(reader.Texts(), "a");
}

// Brokers learn one after the other of a topic that was made.
TEST(KafkaArchive, AwaitsEveryPartitionOfTheTopicsThatItMakes) {
  constexpr int kPartitions = 12;
  for (const char* topic : {"ccfa.one.v1", "ccfa.two.v1", "ccfa.three.v1", "ccfa.four.v1"}) {
    auto archive = journal::KafkaArchive::Open({"kafka://new", SharedCluster().settings()},
                                               /*is_target=*/true);
    ASSERT_TRUE(archive.ok()) << archive.status();
    for (int i = 0; i < kPartitions; ++i) ASSERT_TRUE((*archive)->Read(topic, i).ok());
    absl::Status begun = (*archive)->Begin({{topic}, kPartitions});
    ASSERT_TRUE(begun.ok()) << begun;
  }
}

TEST_F(KafkaProtocol, GoesOnWhenTheLeaderIsKilled) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a"}).ok());
  std::string leader = SharedCluster().Do("leader " + topic_ + " 0");
  SharedCluster().Do("kill " + leader);
  // Acknowledged or not, and tried again: every text is there once, in order.
  for (const char* text : {"b", "c", "d"}) ASSERT_TRUE(writer.Insist(text));
  SharedCluster().Do("restart " + leader);
  ASSERT_TRUE(reader.Reaches(4));
  EXPECT_EQ(reader.Texts(), "a b c d");
}

TEST_F(KafkaProtocol, RefusesWhatTooFewReplicasWouldKeepAndRecovers) {
  Side writer = NewSide("127.0.0.1:1"), reader = NewSide("");
  ASSERT_TRUE(writer.Owns());
  ASSERT_TRUE(writer.Append({"a"}).ok());
  SharedCluster().Do("pause 1 2");
  absl::Status refused = writer.Append({"b"});
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_EQ(writer.Texts(), "a");
  SharedCluster().Do("resume 1 2");
  ASSERT_TRUE(writer.Owns());
  std::string kept = writer.Texts();
  EXPECT_TRUE(kept == "a" || kept == "a b") << kept;
  if (kept == "a") {
    ASSERT_TRUE(writer.Insist("b"));
  }
  ASSERT_TRUE(reader.Reaches(2));
  EXPECT_EQ(reader.Texts(), "a b");
}

}  // namespace
}  // namespace ccfa::kafka

namespace ccfa::journal {

INSTANTIATE_TEST_SUITE_P(Kafka, JournalContract,
                         ::testing::Values(Kind{"kafka",
                                                []() -> std::unique_ptr<Shelf> {
                                                  return std::make_unique<kafka::KafkaShelf>();
                                                }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace ccfa::journal
