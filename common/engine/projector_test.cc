// Laws of a read model: its tables depend on what the topics hold, and on nothing else.
#include "common/engine/projector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/engine/digest.h"
#include "common/journal/embedded.h"

namespace ccfa::engine {
namespace {

using record::v1::Record;

/// Each topic's subjects as one growing list: whatever is folded twice, left out or out of order
/// shows.
class Lists final : public Projection {
 public:
  absl::Status Project(state::Rows& rows, absl::string_view topic, const Record& record) override {
    if (record.type() == "unknown") return absl::UnimplementedError("unknown");
    std::string key(topic);
    rows.Put(key, absl::StrCat(rows.Get(key).value_or(""), " ", prefix_, record.subject()));
    return absl::OkStatus();
  }
  uint64_t edition() const override { return edition_; }

  /// From now on each subject is written down so.
  void ChangeTo(uint64_t edition, std::string prefix) {
    edition_ = edition;
    prefix_ = std::move(prefix);
  }

 private:
  uint64_t edition_ = 1;
  std::string prefix_;
};

/// Three topics and a read model of them, over a disk in memory.
class World {
 public:
  World() { Open(); }
  ~World() { Close(); }

  void Restart() {
    Close();
    Open();
  }
  void Append(int topic, const std::string& type = "known") {
    Record record;
    record.set_type(type);
    record.set_seq(*journals_[topic]->End() + 1);
    record.set_subject(absl::StrCat(record.seq()));
    EXPECT_TRUE(
        journals_[topic]
            ->Append({{record.seq(), record.SerializeAsString()}}, journal::Durability::kNow)
            .ok());
  }
  void CatchUp() {
    while (projector_->Step()) {
    }
  }
  std::string Digest() { return DigestOfTables(database_->Lease(), "tables"); }
  std::string DigestOfARebuild() {
    auto rebuilt = projector_->Rebuild([](uint64_t, uint64_t) {});
    return rebuilt.ok() ? rebuilt->digest_after : rebuilt.status().ToString();
  }
  std::string List(const std::string& topic) {
    return projector_->Read().value()->Get(topic).value_or("");
  }
  Lists& lists() { return lists_; }
  Projector& projector() { return *projector_; }
  state::Database& database() { return *database_; }

 private:
  void Open() {
    topics_ = *state::Database::Open({"/topics", {"a", "b", "c"}, state::Holds::kJournals, disk_});
    database_ = *state::Database::Open({"/lists", {"tables"}, state::Holds::kTables, disk_});
    std::vector<journal::Journal*> sources;
    for (const char* topic : {"a", "b", "c"}) {
      journals_.push_back(std::make_unique<journal::EmbeddedJournal>(*topics_, topic));
      sources.push_back(journals_.back().get());
    }
    projector_ = std::make_unique<Projector>("lists", "tables", lists_, sources, *database_);
  }
  void Close() {
    projector_.reset();
    journals_.clear();
    database_.reset();
    topics_.reset();
  }

  std::shared_ptr<rocksdb::Env> disk_{rocksdb::NewMemEnv(rocksdb::Env::Default())};
  Lists lists_;
  std::unique_ptr<state::Database> topics_, database_;
  std::vector<std::unique_ptr<journal::EmbeddedJournal>> journals_;
  std::unique_ptr<Projector> projector_;
};

constexpr int kTopics = 3, kStep = kTopics, kRestart = kTopics + 1, kRebuild = kTopics + 2;

TEST(Projector, FoldsTheTablesOfAnEarlierEditionAgainAtTheStart) {
  World world;
  world.Append(0);
  world.Append(0);
  world.CatchUp();
  world.lists().ChangeTo(2, "no. ");
  world.Restart();
  world.Append(0);
  world.CatchUp();
  EXPECT_EQ(world.List("a"), " no. 1 no. 2 no. 3");
  // And no later start does.
  world.lists().ChangeTo(2, "n. ");
  world.Restart();
  world.Append(0);
  world.CatchUp();
  EXPECT_EQ(world.List("a"), " no. 1 no. 2 no. 3 n. 4");
}

// However appends, steps, restarts and rebuilds are interleaved, the tables come to the same.
RC_GTEST_PROP(Projector, TablesFollowFromTheTopicsAlone, ()) {
  World interleaved, at_once;
  int appended[kTopics] = {};
  for (int move : *rc::gen::container<std::vector<int>>(60, rc::gen::inRange(0, kRebuild + 1))) {
    if (move < kTopics) {
      interleaved.Append(move);
      ++appended[move];
    } else if (move == kStep) {
      interleaved.projector().Step();
    } else if (move == kRestart) {
      interleaved.Restart();
    } else if (move == kRebuild) {
      interleaved.DigestOfARebuild();
    }
  }
  // The same records, a topic at a time, folded by one reader that never stopped.
  for (int topic = 0; topic < kTopics; ++topic) {
    for (int i = 0; i < appended[topic]; ++i) at_once.Append(topic);
  }
  interleaved.CatchUp();
  at_once.CatchUp();
  RC_ASSERT(interleaved.Digest() == at_once.Digest());
  RC_ASSERT(interleaved.Digest() == interleaved.DigestOfARebuild());
}

TEST(Projector, FoldsInBatchesAndLeavesNothingOut) {
  World world;
  std::string all;
  for (int i = 1; i <= 1100; ++i) {
    world.Append(0);
    absl::StrAppend(&all, " ", i);
  }
  world.projector().Step();
  EXPECT_LT(world.List("a").size(), all.size());
  world.Restart();
  world.CatchUp();
  EXPECT_EQ(world.List("a"), all);
}

TEST(Projector, StopsATopicAtAnEventOfALaterBuildAndFoldsTheOthers) {
  World world;
  world.Append(0);
  world.Append(0, "unknown");
  world.Append(0);
  world.Append(1);
  world.CatchUp();
  EXPECT_EQ(world.List("a"), " 1");
  EXPECT_EQ(world.List("b"), " 1");
  std::vector<Progress> progress = world.projector().ReadProgress();
  EXPECT_EQ(progress[0].applied, 1);
  EXPECT_EQ(progress[0].end, 3);
  EXPECT_TRUE(absl::IsUnimplemented(progress[0].fault)) << progress[0].fault;
  EXPECT_TRUE(progress[1].fault.ok());
  EXPECT_TRUE(absl::IsUnimplemented(world.projector().Health()));
}

TEST(Projector, AnswersAReaderOnceEverythingAppendedBeforeIsFolded) {
  World world;
  world.CatchUp();
  world.Append(0);
  absl::Status answered = absl::UnknownError("not answered");
  world.projector().WhenCaughtUp([&](absl::Status status) { answered = status; });
  EXPECT_TRUE(absl::IsUnknown(answered));
  // What comes later is not waited for.
  world.projector().Step();
  EXPECT_TRUE(answered.ok()) << answered;
  EXPECT_EQ(world.List("a"), " 1");
}

TEST(Projector, IsNotHealthyWhileItsTablesCannotBeWritten) {
  World world;
  world.Append(0);
  world.CatchUp();
  world.database().Fail(absl::UnavailableError("the disk is full"));
  world.Append(0);
  world.CatchUp();
  EXPECT_TRUE(absl::IsUnavailable(world.projector().Health())) << world.projector().Health();
  EXPECT_EQ(world.List("a"), " 1");
  ASSERT_TRUE(world.database().Reopen().ok());
  world.CatchUp();
  EXPECT_TRUE(world.projector().Health().ok());
  EXPECT_EQ(world.List("a"), " 1 2");
}

TEST(Projector, TellsAReaderWhyItWillNotCatchUp) {
  World world;
  world.Append(0, "unknown");
  absl::Status answered;
  world.projector().WhenCaughtUp([&](absl::Status status) { answered = status; });
  world.CatchUp();
  EXPECT_TRUE(absl::IsUnimplemented(answered)) << answered;
  world.projector().WhenCaughtUp([&](absl::Status status) { answered = status; });
  EXPECT_TRUE(absl::IsUnimplemented(answered)) << answered;
}

}  // namespace
}  // namespace ccfa::engine
