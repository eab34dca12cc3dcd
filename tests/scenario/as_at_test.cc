// Any past moment, folded again, is what it was when it was now.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/engine/books.h"
#include "services/insight/history.h"
#include "services/insight/story.h"
#include "services/insight/tables.h"
#include "tests/support/calendar.h"
#include "tests/support/golden_road.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

using RowsOr = absl::StatusOr<std::unique_ptr<state::Rows>>;

/// A digest of a service's tables, without the engine's own rows: nobody reads those.
std::string DigestOf(const state::Rows& rows) {
  Digester digester;
  rows.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    if (key.front() == engine::kBooksId) return true;
    digester.Add(absl::StrCat(key.size(), " ", value.size(), " ", key, value));
    return true;
  });
  return digester.Finish();
}

/// Asks until it is folded.
template <class Ask>
RowsOr Folded(Ask ask) {
  while (true) {
    RowsOr rows = ask();
    if (ReasonOf(rows.status()) != "FOLDING") return rows;
  }
}

/// What an engine's tables were each time before it wrote on, and the time of their last record.
struct Shown {
  absl::Time moment;
  std::string digest;
};

void NoteEachTime(engine::Engine& engine, journal::Journal& journal, std::vector<Shown>& shown) {
  // The ring comes when the records are in the journal, and not yet in the tables.
  journal.OnAppend([&, last = absl::InfinitePast()](const auto& records) mutable {
    if (last != absl::InfinitePast())
      shown.push_back({last, DigestOf(*engine.ReadAsFollower().value())});
    record::v1::Record record;
    EXPECT_TRUE(record.ParseFromString(records.back().bytes));
    last = FromProto(record.time());
  });
}

/// "ccfa.intake.v1" is intake's.
std::string ServiceOf(const std::string& topic) {
  return topic.substr(5, topic.size() - 8);
}

// F71
TEST(AsAt, EveryPrefixOfTheGoldenJournalsFoldsToTheTablesThereWereThen) {
  Town town(London(2027, 1, 11, 9));
  std::map<std::string, std::vector<Shown>> shown;
  for (journal::Journal* journal : town.host().journals()) {
    NoteEachTime(town.host().engine(ServiceOf(journal->topic())), *journal,
                 shown[journal->topic()]);
  }
  GoEveryWay(town);
  ASSERT_EQ(shown.size(), 4u);
  for (const auto& [topic, moments] : shown) {
    engine::Past& past = *town.host().engine(ServiceOf(topic)).past();
    EXPECT_GT(moments.size(), 5u) << topic;
    for (const Shown& then : moments) {
      RowsOr rows = Folded([&] { return past.At(then.moment); });
      ASSERT_TRUE(rows.ok()) << rows.status();
      ASSERT_NE(*rows, nullptr);
      ASSERT_EQ(DigestOf(**rows), then.digest) << topic << " at " << then.moment;
    }
  }
}

/// What was shown of a call and its council when it was now.
struct Seen {
  absl::Time moment;
  std::string tables;
  std::string story;
  size_t history = 0;
};

Seen LookAt(const state::Rows& rows, const std::string& call, absl::Time moment) {
  const insight::Tables tables(const_cast<state::Rows&>(rows));
  Seen seen{moment, DigestOf(rows), "", insight::HistoryOf(tables, call).size()};
  if (auto row = tables.stories.Get(call)) seen.story = insight::StoryOf(*row).DebugString();
  return seen;
}

// F71
TEST(AsAt, ACallsStoryIsAtEachStepOfTheRoadWhatWasShownThen) {
  Town town(London(2027, 1, 11, 9));
  Found(town);
  engine::Projector& insight = town.host().projector("insight");
  std::vector<Seen> seen;
  std::string call, problem;
  auto step = [&](const std::function<void()>& happens) {
    NextDayAtNine(town);
    happens();
    town.Settle();
    seen.push_back(LookAt(*insight.Read().value(), call, town.Now()));
  };
  step([&] { call = LogAndAccept(town); });
  step([&] { TakeUp(town, problem = ProblemOf(town, call)); });
  step([&] { ScanAndEnterAnalysis(town, problem); });
  step([&] { AnalyseAndEnterResponse(town, problem); });
  step([&] { LogAndAccept(town); });
  step([&] { SolveAndClose(town, problem); });
  step([&] { LogAndAccept(town); });
  for (size_t i = 0; i + 1 < seen.size(); ++i) {
    EXPECT_NE(seen[i].tables, seen[i + 1].tables);
    RowsOr rows = Folded([&] { return insight.ReadAsAt(seen[i].moment); });
    ASSERT_TRUE(rows.ok()) << rows.status();
    const Seen again = LookAt(**rows, call, seen[i].moment);
    EXPECT_EQ(again.story, seen[i].story) << "step " << i;
    EXPECT_EQ(again.history, seen[i].history) << "step " << i;
    EXPECT_EQ(again.tables, seen[i].tables) << "step " << i;
  }
  EXPECT_NE(seen.front().story, seen.back().story);
}

}  // namespace
}  // namespace ccfa::test_support
