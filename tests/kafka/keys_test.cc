// People's keys on a real Kafka: whoever is asked knows of every key and of every destruction that
// anybody was told of, and what is destroyed goes from the brokers' disks.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/partition.h"
#include "common/core/random.h"
#include "common/journal/kafka_keys.h"
#include "common/journal/kafka_topic.h"
#include "common/privacy/vault.h"
#include "tests/kafka/cluster.h"

namespace ccfa::kafka {
namespace {

using journal::KafkaKeys;
using privacy::v1::WrappedKey;

constexpr int kPartitions = 2;
constexpr absl::Duration kSegment = absl::Seconds(1);
constexpr auto kPatience = std::chrono::seconds(90);
constexpr auto kLookAgain = std::chrono::milliseconds(200);

std::string NewName() {
  return "councils/E1/callers/" + RandomHex(16);
}

/// A key, in bytes that no compression makes others of.
WrappedKey NewKey() {
  WrappedKey key;
  key.set_master_key("a");
  key.mutable_key()->set_box(absl::HexStringToBytes(RandomHex(48)));
  return key;
}

/// Whether the bytes stand in some file of some broker's.
bool IsOnDisk(const std::string& bytes) {
  namespace fs = std::filesystem;
  std::error_code gone;
  for (fs::recursive_directory_iterator file(SharedCluster().folder(), gone), end; file != end;
       file.increment(gone)) {
    if (!absl::StrContains(file->path().string(), KafkaKeys::kTopic) ||
        !file->is_regular_file(gone)) {
      continue;
    }
    std::ifstream stream(file->path(), std::ios::binary);
    if (absl::StrContains(std::string{std::istreambuf_iterator<char>(stream), {}}, bytes))
      return true;
  }
  return false;
}

std::unique_ptr<KafkaKeys> OpenKeys() {
  return *KafkaKeys::Open({SharedCluster().settings(), kPartitions, kSegment});
}

/// One process's store: what it knows comes from the topic alone.
class Process {
 public:
  Process()
      : keys_(OpenKeys()), reader_(*journal::KafkaReader::Create(SharedCluster().settings())) {
    EXPECT_TRUE(reader_->Start(keys_->followers()).ok());
  }

  KafkaKeys& keys() { return *keys_; }
  std::optional<std::string> KeyOf(const std::string& name) {
    absl::StatusOr<std::optional<WrappedKey>> key = keys_->Get(name);
    EXPECT_TRUE(key.ok()) << key.status();
    if (!key.ok() || !*key) return std::nullopt;
    return (*key)->SerializeAsString();
  }
  std::string Make(const std::string& name, const WrappedKey& key) {
    absl::StatusOr<WrappedKey> made = keys_->Make(name, key);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? made->SerializeAsString() : "";
  }
  journal::KafkaKeyPartition::Found Find(const std::string& name) {
    for (journal::KafkaFollower* follower : keys_->followers()) {
      auto found = dynamic_cast<journal::KafkaKeyPartition&>(*follower).Find(name);
      if (found) return *found;
    }
    ADD_FAILURE() << name << " is not there";
    return {};
  }

 private:
  const std::unique_ptr<KafkaKeys> keys_;
  const std::unique_ptr<journal::KafkaReader> reader_;  // goes first
};

/// One process's store with the master keys that it was given.
class Keeper {
 public:
  explicit Keeper(const std::string& master) : Keeper(master, OpenKeys()) {}
  ~Keeper() { reader_->Stop(); }

  privacy::Vault& vault() { return vault_; }

 private:
  Keeper(const std::string& master, std::unique_ptr<KafkaKeys> keys)
      : reader_(*journal::KafkaReader::Create(SharedCluster().settings())) {
    EXPECT_TRUE(reader_->Start(keys->followers()).ok());
    vault_ = privacy::Vault(*privacy::MasterKeys::Parse(master), std::move(keys));
  }

  const std::unique_ptr<journal::KafkaReader> reader_;
  privacy::Vault vault_;
};

class KafkaKeysTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    SharedCluster().Do(absl::StrCat(
        "topic create --topic ", KafkaKeys::kTopic, " --partitions ", kPartitions,
        " --config cleanup.policy=compact --config segment.ms=1000",
        " --config max.compaction.lag.ms=1000 --config file.delete.delay.ms=100",
        " --config delete.retention.ms=86400000 --config message.timestamp.type=LogAppendTime"));
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (journal::FindJournalTopics(SharedCluster().settings(), false)->key_partitions == 0) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
      std::this_thread::sleep_for(kLookAgain);
    }
  }

  /// Puts something into the topic past every store, as a process does whose message comes late.
  static void Smuggle(const std::string& message_key, const journal::v1::KeptKey& kept) {
    const int partition = PartitionOf("E1", kPartitions);
    auto producer =
        *journal::KafkaProducer::Create(SharedCluster().settings(), KafkaKeys::kTopic, partition);
    const std::string value = kept.SerializeAsString();
    std::vector<journal::KafkaProducer::Outgoing> outgoing;
    outgoing.push_back(
        {std::unique_ptr<RdKafka::Headers>(RdKafka::Headers::create()), message_key, value});
    ASSERT_TRUE(producer->Send(std::move(outgoing)).ok());
  }

  /// Until nothing of these bytes is left, while a process looks after its keys.
  static bool GoesFromDisk(Process& process, const std::string& bytes) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (IsOnDisk(bytes)) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      process.keys().LookAfter();
      std::this_thread::sleep_for(kLookAgain);
    }
    return true;
  }

  Process one_, two_;
};

TEST_F(KafkaKeysTest, TakesATopicThatRemovesSoonerAndNoOther) {
  EXPECT_EQ(*journal::PrepareKeyTopic(SharedCluster().settings(), kPartitions, 3), kSegment);
  EXPECT_THAT(journal::PrepareKeyTopic(SharedCluster().settings(), 3, 3).status().message(),
              ::testing::HasSubstr("2 partitions"));
}

// F57
TEST_F(KafkaKeysTest, AnyProcessSeesAtOnceWhatAnyOtherWasTold) {
  for (int i = 0; i < 20; ++i) {
    const std::string name = NewName();
    const std::string made = one_.Make(name, NewKey());
    EXPECT_EQ(two_.KeyOf(name), made);
    ASSERT_TRUE(two_.keys().Destroy({name}).ok());
    Process later;
    EXPECT_EQ(later.KeyOf(name), std::nullopt);
  }
}

// F57
TEST_F(KafkaKeysTest, TwoThatMakeOneKeyAtOnceHaveTheSame) {
  for (int i = 0; i < 20; ++i) {
    const std::string name = NewName();
    std::string theirs;
    std::thread other([&] { theirs = two_.Make(name, NewKey()); });
    const std::string ours = one_.Make(name, NewKey());
    other.join();
    EXPECT_EQ(ours, theirs);
    EXPECT_EQ(Process().KeyOf(name), ours);
  }
}

// F73
TEST_F(KafkaKeysTest, WhatComesLateBringsNoDestroyedKeyBack) {
  const std::string name = NewName();
  one_.Make(name, NewKey());
  const auto [message_key, kept] = one_.Find(name);
  ASSERT_TRUE(two_.keys().Destroy({name}).ok());
  Smuggle(message_key, kept);
  EXPECT_EQ(two_.KeyOf(name), std::nullopt);
  EXPECT_TRUE(absl::IsNotFound(two_.keys().Make(name, NewKey()).status()));
  EXPECT_TRUE(two_.keys().Rewrap({{name, NewKey()}}).ok());
  two_.keys().LookAfter();
  EXPECT_EQ(Process().KeyOf(name), std::nullopt);
}

// F57
TEST_F(KafkaKeysTest, AnotherMasterKeyTakesOver) {
  const std::string old_master(64, 'a'), new_master(64, 'b');
  const std::string name = absl::StrCat("councils/E2/callers/", RandomHex(16));
  const privacy::v1::Sealed sealed =
      Keeper(old_master).vault().FindOrMake(name)->Seal("1", "a text");
  EXPECT_EQ(Keeper(new_master + "\n" + old_master).vault().Rewrap("E2").value(), 1);
  EXPECT_EQ(Keeper(new_master).vault().Find(name)->Open("1", sealed).value(), "a text");
}

// F73
TEST_F(KafkaKeysTest, NothingOfADestroyedKeyIsLeftOnTheBrokersDisks) {
  const std::string name = NewName(), kept_name = NewName();
  const WrappedKey key = NewKey(), kept = NewKey();
  one_.Make(name, key);
  one_.Make(kept_name, kept);
  EXPECT_TRUE(IsOnDisk(key.key().box()));
  ASSERT_TRUE(one_.keys().Destroy({name}).ok());
  EXPECT_TRUE(GoesFromDisk(one_, key.key().box()));
  EXPECT_TRUE(IsOnDisk(kept.key().box()));
  EXPECT_EQ(Process().KeyOf(kept_name), kept.SerializeAsString());
}

// F57
TEST_F(KafkaKeysTest, TheFirstKeyOfANameStaysTheFirstWhateverCompactionLeaves) {
  const std::string name = NewName();
  const WrappedKey first = NewKey(), anew = NewKey();
  one_.Make(name, first);
  journal::v1::KeptKey late;
  *late.mutable_key() = NewKey();
  Smuggle(journal::KafkaKeyPartition::MessageKey(name, "late"), late);
  ASSERT_TRUE(one_.keys().Rewrap({{name, anew}}).ok());
  // Nobody removes the late one: compacted, it stands before the first one, wrapped anew.
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (IsOnDisk(first.key().box()) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kLookAgain);
    two_.Make(NewName(), NewKey());
  }
  EXPECT_FALSE(IsOnDisk(first.key().box()));
  EXPECT_TRUE(IsOnDisk(late.key().key().box()));
  EXPECT_EQ(Process().KeyOf(name), anew.SerializeAsString());
}

}  // namespace
}  // namespace ccfa::kafka
