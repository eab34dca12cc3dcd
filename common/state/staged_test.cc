#include "common/state/staged.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <map>

#include "ccfa/intake/v1/intake.pb.h"
#include "common/state/snapshot.h"
#include "common/state/table.h"

namespace ccfa::state {
namespace {

constexpr char kFamily[] = "tables";

/// A database in a folder of its own, gone with it.
class Scratch {
 public:
  Scratch() {
    static int count = 0;
    folder_ = ::testing::TempDir() + "/staged-" + std::to_string(getpid()) + "-" +
              std::to_string(++count);
    std::filesystem::remove_all(folder_);
    database_ = *Database::Open({folder_, {kFamily}, Holds::kTables, nullptr});
  }
  ~Scratch() {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::shared_ptr<OpenDatabase> Lease() { return database_->Lease(); }
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  std::unique_ptr<Database> database_;
};

std::map<std::string, std::string> RowsOf(const Rows& rows, absl::string_view prefix = "",
                                          absl::string_view after = "") {
  std::map<std::string, std::string> all;
  rows.Scan(prefix, after, [&](absl::string_view key, absl::string_view value) {
    all[std::string(key)] = std::string(value);
    return true;
  });
  return all;
}

using Pairs = std::map<std::string, std::string>;

TEST(Staged, IsSeenByItsWriterAndByNobodyElseBeforeTheCommit) {
  Scratch scratch;
  Staged staged(scratch.Lease(), kFamily);
  staged.Put("a", "1");
  EXPECT_EQ(staged.Get("a"), "1");
  EXPECT_EQ(Snapshot(scratch.Lease(), kFamily).Get("a"), std::nullopt);
  ASSERT_TRUE(staged.Commit().ok());
  EXPECT_EQ(Snapshot(scratch.Lease(), kFamily).Get("a"), "1");
}

TEST(Staged, ScansStagedRowsOverStoredOnes) {
  Scratch scratch;
  Staged staged(scratch.Lease(), kFamily);
  for (const char* key : {"a", "b", "c", "d"}) staged.Put(key, "old");
  ASSERT_TRUE(staged.Commit().ok());
  staged.Delete("b");
  staged.Put("c", "new");
  staged.Put("ca", "new");
  EXPECT_EQ(RowsOf(staged), (Pairs{{"a", "old"}, {"c", "new"}, {"ca", "new"}, {"d", "old"}}));
  EXPECT_EQ(RowsOf(staged, "c"), (Pairs{{"c", "new"}, {"ca", "new"}}));
  EXPECT_EQ(RowsOf(staged, "", "c"), (Pairs{{"ca", "new"}, {"d", "old"}}));
}

TEST(Staged, RollsBackToItsSavePointsOneInTheOther) {
  Scratch scratch;
  Staged staged(scratch.Lease(), kFamily);
  staged.Put("a", "1");
  staged.SetSavePoint();
  staged.Put("a", "2");
  staged.SetSavePoint();
  staged.Delete("a");
  staged.Put("b", "3");
  staged.RollBack();
  EXPECT_EQ(RowsOf(staged), (Pairs{{"a", "2"}}));
  staged.RollBack();
  EXPECT_EQ(RowsOf(staged), (Pairs{{"a", "1"}}));
}

TEST(Database, IsOpenInOneProcessAtATime) {
  Scratch scratch;
  auto second = Database::Open({scratch.folder(), {kFamily}, Holds::kTables, nullptr});
  EXPECT_THAT(std::string(second.status().message()), ::testing::HasSubstr("cannot open"));
}

/// Calls by name, indexed by their state.
Table<intake::v1::Call> Calls(Rows& rows) {
  return Table<intake::v1::Call>(
      rows, 'c', {{'s', [](const intake::v1::Call& call) {
                     return std::vector<std::string>{intake::v1::CallState_Name(call.state())};
                   }}});
}

// However rows come and go, an index holds exactly the rows it should.
RC_GTEST_PROP(Table, KeepsItsIndexesInStep, ()) {
  Scratch scratch;
  Staged rows(scratch.Lease(), kFamily);
  std::map<std::string, intake::v1::CallState> model;
  int changes = *rc::gen::inRange(1, 40);
  for (int i = 0; i < changes; ++i) {
    std::string name(1, *rc::gen::inRange('a', 'f'));
    auto calls = Calls(rows);
    if (*rc::gen::inRange(0, 4) == 0) {
      calls.Delete(name);
      model.erase(name);
    } else {
      intake::v1::Call call;
      call.set_name(name);
      call.set_state(static_cast<intake::v1::CallState>(*rc::gen::inRange(1, 4)));
      calls.Put(name, call);
      model[name] = call.state();
    }
    if (*rc::gen::inRange(0, 5) == 0) RC_ASSERT(rows.Commit().ok());
  }
  std::map<std::string, intake::v1::CallState> indexed;
  Calls(rows).ScanIndex('s', "", "", [&](absl::string_view, const intake::v1::Call& call) {
    RC_ASSERT(indexed.emplace(call.name(), call.state()).second);
    return true;
  });
  RC_ASSERT(indexed == model);
}

}  // namespace
}  // namespace ccfa::state
