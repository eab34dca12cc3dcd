#include "common/engine/past.h"

#include "common/core/proto_time.h"
#include "common/engine/given.h"

namespace ccfa::engine {
namespace {

using ::testing::HasSubstr;

/// Notes taken down an hour apart: a, b, then c and d in one turn.
class PastTest : public NotebookTest {
 protected:
  PastTest() {
    NoteAtTheNextHour({"a"});
    NoteAtTheNextHour({"b"});
    NoteAtTheNextHour({"c", "d"});
  }

  void NoteAtTheNextHour(const std::vector<std::string>& names) {
    time_.Advance(absl::Hours(1));
    for (const std::string& name : names) Ask(name);
    while (engine_->Step()) {
    }
  }

  /// Waits for as long as it takes.
  static absl::StatusOr<std::unique_ptr<state::Rows>> At(Past& past, absl::Time moment) {
    while (true) {
      auto rows = past.At(moment);
      if (ReasonOf(rows.status()) != "FOLDING") return rows;
    }
  }
  /// The notes there were then: "a b".
  std::string NotesAt(Past& past, absl::Time moment) {
    auto rows = At(past, moment);
    if (!rows.ok()) return rows.status().ToString();
    if (*rows == nullptr) return "as now";
    std::vector<std::string> names;
    (*rows)->Scan(Notebook::RowOf(""), "", [&](absl::string_view key, absl::string_view) {
      names.emplace_back(key.substr(Notebook::RowOf("").size()));
      return true;
    });
    return absl::StrJoin(names, " ");
  }
  absl::Time Hour(int hour) const { return start_ + absl::Hours(hour); }

  const absl::Time start_ = absl::FromUnixSeconds(1'790'000'000);
  Notebook past_rules_;
  Past past_{*own_, past_rules_};
};

// F71
TEST_F(PastTest, TablesAreWhatTheyWereAtEachMoment) {
  EXPECT_EQ(NotesAt(past_, Hour(0)), "");
  EXPECT_EQ(NotesAt(past_, Hour(1) - absl::Microseconds(1)), "");
  EXPECT_EQ(NotesAt(past_, Hour(1)), "a");
  EXPECT_EQ(NotesAt(past_, Hour(2) - absl::Microseconds(1)), "a");
  EXPECT_EQ(NotesAt(past_, Hour(2)), "a b");
  EXPECT_EQ(NotesAt(past_, absl::UnixEpoch()), "");
}

// F71
TEST_F(PastTest, IsNowWhenNothingHasHappenedSince) {
  EXPECT_EQ(NotesAt(past_, Hour(3)), "as now");
  EXPECT_EQ(NotesAt(past_, Hour(1000)), "as now");
  NoteAtTheNextHour({"e"});
  EXPECT_EQ(NotesAt(past_, Hour(3)), "a b c d");
}

TEST_F(PastTest, KeepsTheLastFewFoldings) {
  for (int round = 0; round < 3; ++round) {
    for (int hour : {0, 1, 2}) NotesAt(past_, Hour(hour));
  }
  EXPECT_EQ(past_.folded(), 3);
  for (int minutes = 1; minutes <= 10; ++minutes) NotesAt(past_, Hour(1) + absl::Minutes(minutes));
  EXPECT_EQ(past_.folded(), 13);
  EXPECT_EQ(NotesAt(past_, Hour(2)), "a b");
  EXPECT_EQ(past_.folded(), 14);
}

TEST_F(PastTest, AnAnswerOutlivesItsFolding) {
  auto rows = At(past_, Hour(2));
  ASSERT_TRUE(rows.ok());
  for (int minutes = 1; minutes <= 10; ++minutes) NotesAt(past_, Hour(1) + absl::Minutes(minutes));
  EXPECT_TRUE((*rows)->Get(Notebook::RowOf("b")).has_value());
}

// F71
TEST_F(PastTest, SaysWhatItCannotFold) {
  Past small(
      {own_.get()},
      [](state::Rows& rows, const std::string&, const Record& record) {
        rows.Put(record.subject(), "more than this");
        return absl::OkStatus();
      },
      /*most_bytes=*/20);
  EXPECT_EQ(NotesAt(small, Hour(0)), "");
  EXPECT_EQ(ReasonOf(At(small, Hour(2)).status()), "TOO_MUCH_TO_FOLD");
  Past broken({own_.get()}, [](state::Rows&, const std::string&, const Record& record) {
    return record.seq() == 2 ? absl::UnimplementedError("unknown") : absl::OkStatus();
  });
  EXPECT_EQ(NotesAt(broken, Hour(1)), "");
  EXPECT_THAT(std::string(At(broken, Hour(2)).status().message()), HasSubstr("notes offset 2: "));
  // It is tried again when it is asked for again.
  EXPECT_FALSE(At(broken, Hour(2)).ok());
  EXPECT_EQ(broken.folded(), 3);
}

}  // namespace
}  // namespace ccfa::engine
