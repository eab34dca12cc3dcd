#include "common/journal/copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/hash.h"
#include "common/core/refusal.h"
#include "common/journal/embedded.h"
#include "common/journal/embedded_facts.h"

namespace ccfa::journal {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::vector<std::string> kTopics = {"ccfa.one.v1", "ccfa.two.v1"};

/// A folder as `ccfa-all --data` leaves it, with two topics.
class Home {
 public:
  Home() : folder_(absl::StrCat(::testing::TempDir(), "/copy-", getpid(), "-", ++count_)) {
    std::filesystem::remove_all(folder_);
  }
  ~Home() {
    Close();
    std::filesystem::remove_all(folder_);
  }

  const std::string& path() const { return folder_; }
  state::Database& database() {
    if (!database_) {
      std::filesystem::create_directories(folder_);
      database_ = *state::Database::Open(
          {folder_ + "/journals", kTopics, state::Holds::kJournals, nullptr});
    }
    return *database_;
  }
  void Close() { database_.reset(); }

  /// Appends records of two councils that follow what is there, under the partition's epoch.
  void Write(const std::string& topic, int partition, const std::vector<std::string>& texts,
             absl::string_view damage = "") {
    EmbeddedJournal journal(database(), topic, partition, *EpochOf(database(), topic, partition));
    std::map<std::string, std::string> heads;
    ASSERT_TRUE(journal
                    .Read(0,
                          [&](uint64_t, absl::string_view bytes) {
                            record::v1::Record record;
                            record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
                            heads[record.council()] = Digest(bytes);
                            return true;
                          })
                    .ok());
    std::vector<Sealed> records;
    uint64_t seq = *journal.End();
    for (const std::string& text : texts) {
      record::v1::Record record;
      record.set_type("test.Event");
      record.set_council(++seq % 2 == 0 ? "E1" : "E2");
      record.set_epoch(journal.epoch());
      record.set_seq(seq);
      record.set_data(text);
      record.set_previous_hash(damage.empty() ? heads[record.council()] : std::string(damage));
      records.push_back({seq, record.SerializeAsString()});
      heads[record.council()] = Digest(records.back().bytes);
    }
    ASSERT_TRUE(journal.Append(records, Durability::kNow).ok());
  }
  std::vector<std::string> Texts(const std::string& topic, int partition) {
    std::vector<std::string> texts;
    EmbeddedJournal journal(database(), topic, partition);
    EXPECT_TRUE(journal
                    .Read(0,
                          [&](uint64_t, absl::string_view bytes) {
                            record::v1::Record record;
                            record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
                            texts.push_back(record.data());
                            return true;
                          })
                    .ok());
    return texts;
  }

 private:
  static inline int count_ = 0;
  const std::string folder_;
  std::unique_ptr<state::Database> database_;
};

using Outcome = absl::StatusOr<std::vector<CopiedPartition>>;

Outcome CopyHome(
    Home& from, Home& to, const OnCopied& progress = [](auto...) {}) {
  from.Close();
  to.Close();
  auto source = OpenEmbeddedArchive(from.path(), /*is_target=*/false);
  if (!source.ok()) return source.status();
  auto target = OpenEmbeddedArchive(to.path(), /*is_target=*/true);
  if (!target.ok()) return target.status();
  return Copy(**source, **target, progress);
}

uint64_t CopiedIn(const Outcome& outcome) {
  EXPECT_TRUE(outcome.ok()) << outcome.status();
  uint64_t copied = 0;
  for (const CopiedPartition& one : outcome.value()) {
    EXPECT_EQ(one.source_hash, one.target_hash) << one.topic;
    copied += one.copied;
  }
  return copied;
}

TEST(Copy, BringsEveryPartitionOfEveryTopic) {
  Home from, to;
  ASSERT_TRUE(SetPartitions(from.database(), 2).ok());
  from.Write("ccfa.one.v1", 0, {"a", "b", "c"});
  from.Write("ccfa.one.v1", 1, {"d"});
  from.Write("ccfa.two.v1", 1, {std::string(300'000, 'x')});
  EXPECT_EQ(CopiedIn(CopyHome(from, to)), 5);
  EXPECT_THAT(to.Texts("ccfa.one.v1", 0), ::testing::ElementsAre("a", "b", "c"));
  EXPECT_THAT(to.Texts("ccfa.one.v1", 1), ::testing::ElementsAre("d"));
  EXPECT_EQ(to.Texts("ccfa.two.v1", 1).front().size(), 300'000);
  EXPECT_EQ(*PartitionsOf(to.database(), kTopics), 2);
  EXPECT_TRUE(CheckFinished(to.database(), to.path()).ok());
}

TEST(Copy, AddsWhatTheTargetLacks) {
  Home from, to;
  from.Write("ccfa.one.v1", 0, {"a", "b"});
  EXPECT_EQ(CopiedIn(CopyHome(from, to)), 2);
  EXPECT_EQ(CopiedIn(CopyHome(from, to)), 0);
  from.Write("ccfa.one.v1", 0, {"c"});
  from.Write("ccfa.two.v1", 0, {"d"});
  EXPECT_EQ(CopiedIn(CopyHome(from, to)), 2);
  EXPECT_THAT(to.Texts("ccfa.one.v1", 0), ::testing::ElementsAre("a", "b", "c"));
}

TEST(Copy, TakesTheEpochAlong) {
  Home from, to;
  ASSERT_TRUE(SetEpoch(from.database(), "ccfa.one.v1", 0, 7).ok());
  from.Write("ccfa.one.v1", 0, {"a"});
  EXPECT_EQ(CopiedIn(CopyHome(from, to)), 1);
  EXPECT_EQ(*EpochOf(to.database(), "ccfa.one.v1", 0), 7);
  EXPECT_EQ(*EpochOf(to.database(), "ccfa.two.v1", 0), 1);
}

TEST(Copy, StaysClosedUntilItIsWholeAndGoesOn) {
  Home from, to;
  from.Write("ccfa.one.v1", 0, std::vector<std::string>(10, "a"));
  CopiedIn(CopyHome(from, to));
  ASSERT_TRUE(SetUnfinished(to.database(), true).ok());
  absl::Status closed = CheckFinished(to.database(), to.path());
  EXPECT_EQ(ReasonOf(closed), "COPY_UNFINISHED");
  Home third;
  EXPECT_EQ(ReasonOf(CopyHome(to, third).status()), "COPY_UNFINISHED");
  from.Write("ccfa.one.v1", 0, {"b"});
  EXPECT_EQ(CopiedIn(CopyHome(from, to)), 1);
  EXPECT_TRUE(CheckFinished(to.database(), to.path()).ok());
}

TEST(Copy, RefusesATargetThatIsAhead) {
  Home from, to;
  from.Write("ccfa.one.v1", 0, {"a"});
  CopiedIn(CopyHome(from, to));
  to.Write("ccfa.one.v1", 0, {"b"});
  absl::Status refused = CopyHome(from, to).status();
  EXPECT_EQ(ReasonOf(refused), "TARGET_IS_AHEAD");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("ccfa.one.v1 partition 0 seq 2"));
  EXPECT_EQ(CopiedIn(CopyHome(to, from)), 1);
}

TEST(Copy, RefusesATargetOfAnotherHistory) {
  Home from, to;
  from.Write("ccfa.one.v1", 0, {"a"});
  CopiedIn(CopyHome(from, to));
  from.Write("ccfa.one.v1", 0, {"b"});
  to.Write("ccfa.one.v1", 0, {"c"});
  absl::Status refused = CopyHome(from, to).status();
  EXPECT_EQ(ReasonOf(refused), "TARGET_DIFFERS");
  EXPECT_THAT(std::string(refused.message()), AllOf(HasSubstr("ccfa.one.v1 partition 0 seq 2"),
                                                    HasSubstr(from.path()), HasSubstr(to.path())));
  EXPECT_THAT(to.Texts("ccfa.one.v1", 0), ::testing::ElementsAre("a", "c"));
  EXPECT_TRUE(CheckFinished(to.database(), to.path()).ok());
}

TEST(Copy, RefusesAnotherNumberOfPartitions) {
  Home from, to;
  from.Write("ccfa.one.v1", 0, {"a"});
  ASSERT_TRUE(SetPartitions(to.database(), 12).ok());
  absl::Status refused = CopyHome(from, to).status();
  EXPECT_EQ(ReasonOf(refused), "PARTITIONS_DIFFER");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("12 partitions"));
}

TEST(Copy, RefusesAJournalInUse) {
  Home from, to;
  from.Write("ccfa.one.v1", 0, {"a"});
  auto used = OpenEmbeddedArchive(from.path(), /*is_target=*/false);
  EXPECT_EQ(ReasonOf(used.status()), "IN_USE");
  auto overwritten = OpenEmbeddedArchive(from.path(), /*is_target=*/true);
  EXPECT_EQ(ReasonOf(overwritten.status()), "IN_USE");
}

TEST(Copy, RefusesAFolderWithoutAJournal) {
  Home from, to;
  EXPECT_TRUE(absl::IsNotFound(CopyHome(from, to).status()));
  EXPECT_FALSE(std::filesystem::exists(from.path()));
}

TEST(Copy, RefusesAnEmptyJournal) {
  Home from, to;
  from.database();
  EXPECT_EQ(ReasonOf(CopyHome(from, to).status()), "NOTHING_TO_COPY");
  EXPECT_FALSE(std::filesystem::exists(to.path()));
}

TEST(Copy, RefusesLocalCopiesOfKafka) {
  Home from, to;
  ASSERT_TRUE(CheckHoldsKafkaCopies(from.database(), kTopics, from.path()).ok());
  from.Write("ccfa.one.v1", 0, {"a"});
  EXPECT_TRUE(CheckHoldsKafkaCopies(from.database(), kTopics, from.path()).ok());
  EXPECT_EQ(ReasonOf(CheckHoldsJournals(from.database(), from.path())), "KAFKA_COPIES");
  EXPECT_EQ(ReasonOf(CopyHome(from, to).status()), "KAFKA_COPIES");
  EXPECT_EQ(ReasonOf(CopyHome(to, from).status()), "NOT_FOUND");
}

TEST(Copy, KeepsAJournalFromBeingTakenForCopiesOfKafka) {
  Home from;
  from.Write("ccfa.one.v1", 0, {"a"});
  EXPECT_EQ(ReasonOf(CheckHoldsKafkaCopies(from.database(), kTopics, from.path())),
            "EMBEDDED_JOURNAL");
  EXPECT_TRUE(CheckHoldsJournals(from.database(), from.path()).ok());
}

TEST(Copy, RefusesADamagedSource) {
  Home from, to;
  from.Write("ccfa.one.v1", 0, {"a"});
  from.Write("ccfa.one.v1", 0, {"b"}, "another record's hash");
  absl::Status refused = CopyHome(from, to).status();
  EXPECT_TRUE(absl::IsDataLoss(refused));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("ccfa.one.v1 partition 0 seq 2"));
  EXPECT_FALSE(std::filesystem::exists(to.path()));
}

TEST(Copy, SaysHowFarItIs) {
  Home from, to;
  from.Write("ccfa.one.v1", 0, std::vector<std::string>(1500, "a"));
  std::vector<std::string> said;
  CopiedIn(CopyHome(from, to, [&](CopyStage stage, uint64_t done, uint64_t total) {
    said.push_back(absl::StrCat(static_cast<int>(stage), " ", done, "/", total));
  }));
  EXPECT_THAT(said, ::testing::ElementsAre("0 1000/0", "0 1500/0", "1 1500/1500", "1 1500/1500",
                                           "2 1000/1500", "2 1500/1500"));
}

}  // namespace
}  // namespace ccfa::journal
