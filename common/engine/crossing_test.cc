// What the engine promises about events that cross from council to council: one partition's event
// has its effect in another's, once.
#include <gtest/gtest.h>

#include "common/core/partition.h"
#include "common/engine/engine.h"
#include "common/engine/given.h"

namespace ccfa::engine {
namespace {

constexpr int kPartitions = 3;

/// A council that is in this partition.
std::string CouncilIn(int partition) {
  int number = 0;
  while (PartitionOf(absl::StrCat("E", number), kPartitions) != partition) ++number;
  return absl::StrCat("E", number);
}

std::string NoteIn(int partition, const std::string& note) {
  return absl::StrCat("councils/", CouncilIn(partition), "/notes/", note);
}

/// A notebook in every partition, each of which reads the others' notes.
class Crossing : public ::testing::Test {
 protected:
  Crossing() { Open(); }

  void Open() {
    journals_ = *state::Database::Open({"/journals", {"notes"}, state::Holds::kJournals, disk_});
    tables_ = *state::Database::Open(
        {"/tables", {"tables-0", "tables-1", "tables-2"}, state::Holds::kTables, disk_});
    for (int i = 0; i < kPartitions; ++i)
      topic_.push_back(std::make_unique<journal::EmbeddedJournal>(*journals_, "notes", i, 1));
    for (int i = 0; i < kPartitions; ++i) {
      std::vector<journal::Journal*> sources;
      for (const auto& journal : topic_) sources.push_back(journal.get());
      engines_.push_back(std::make_unique<Engine>(
          Engine::Options{
              .service = "notes", .tables = absl::StrCat("tables-", i), .partitions = kPartitions},
          rules_, *topic_[i], sources, *tables_, time_, calendar_));
    }
    Settle();
  }
  void Close() {
    engines_.clear();
    topic_.clear();
    tables_.reset();
    journals_.reset();
  }
  void Settle() {
    for (bool worked = true; worked;) {
      worked = false;
      for (auto& engine : engines_) worked |= engine->Step();
    }
  }

  /// Takes down a note in a partition, that leads to these.
  void Write(int partition, const std::string& name, const std::vector<std::string>& leading_to) {
    Command command;
    command.what = "TakeDown";
    command.council = CouncilIn(partition);
    command.subject = name;
    command.decide = [=](state::Rows&, const Context&) -> absl::StatusOr<Draft> {
      return Notebook::NoteOf(name, "a text", leading_to);
    };
    engines_[partition]->Submit(std::move(command));
    Settle();
  }
  std::vector<Record> RecordsIn(int partition) {
    std::vector<Record> records;
    EXPECT_TRUE(topic_[partition]
                    ->Read(0,
                           [&](uint64_t, absl::string_view bytes) {
                             return records.emplace_back().ParseFromArray(
                                 bytes.data(), static_cast<int>(bytes.size()));
                           })
                    .ok());
    return records;
  }

  const std::shared_ptr<rocksdb::Env> disk_{rocksdb::NewMemEnv(rocksdb::Env::Default())};
  ManualTime time_{absl::FromUnixSeconds(1'790'000'000)};
  const calendar::Calendar calendar_ = *calendar::Calendar::Create(calendar::BankHolidays::None());
  Notebook rules_;
  std::unique_ptr<state::Database> journals_, tables_;
  std::vector<std::unique_ptr<journal::EmbeddedJournal>> topic_;
  std::vector<std::unique_ptr<Engine>> engines_;
};

// F18
TEST_F(Crossing, HasItsEffectInThePartitionOfTheCouncilThatItNames) {
  Write(0, NoteIn(0, "asks"), {NoteIn(1, "one"), NoteIn(0, "own"), NoteIn(2, "two")});
  ASSERT_EQ(RecordsIn(0).size(), 2);
  EXPECT_EQ(RecordsIn(0)[1].subject(), NoteIn(0, "own"));
  EXPECT_FALSE(RecordsIn(0)[1].cause().has_partition());
  ASSERT_EQ(RecordsIn(1).size(), 1);
  Record across = RecordsIn(1)[0];
  EXPECT_EQ(across.subject(), NoteIn(1, "one"));
  EXPECT_EQ(across.council(), CouncilIn(1));
  EXPECT_EQ(across.cause().topic(), "notes");
  EXPECT_EQ(across.cause().partition(), 0);
  EXPECT_EQ(across.cause().offset(), 1);
  EXPECT_EQ(across.cause().ordinal(), 1);
  ASSERT_EQ(RecordsIn(2).size(), 1);
  EXPECT_EQ(RecordsIn(2)[0].cause().ordinal(), 3);
}

// F18
TEST_F(Crossing, HasItsEffectOnceOverARestartAndARebuild) {
  Write(0, NoteIn(0, "asks"), {NoteIn(1, "one")});
  Write(2, NoteIn(2, "asks"), {NoteIn(1, "two")});
  Close();
  Open();
  EXPECT_EQ(RecordsIn(1).size(), 2);
  auto rebuilt = engines_[1]->Rebuild([](uint64_t, uint64_t) {});
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.status();
  EXPECT_EQ(rebuilt->digest_before, rebuilt->digest_after);
  Settle();
  EXPECT_EQ(RecordsIn(1).size(), 2);
}

// F18
TEST_F(Crossing, StopsAtAnEventOfALaterBuildInOnePartitionOnly) {
  Record later;
  later.set_type("ccfa.intake.v1.CallForgotten");
  later.set_council(CouncilIn(0));
  later.set_seq(1);
  ASSERT_TRUE(topic_[0]->Append({{1, later.SerializeAsString()}}, journal::Durability::kNow).ok());
  Write(2, NoteIn(2, "asks"), {NoteIn(1, "two")});
  EXPECT_EQ(RecordsIn(1).size(), 1);
  int faults = 0;
  for (const Progress& progress : engines_[1]->ReadProgress()) faults += !progress.fault.ok();
  EXPECT_EQ(faults, 1);
}

}  // namespace
}  // namespace ccfa::engine
