#include "tests/support/town.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/engine/verify.h"
#include "services/all/every_service.h"
#include "services/insight/history.h"
#include "services/insight/story.h"
#include "services/insight/tables.h"
#include "tests/support/calendar.h"

namespace ccfa::test_support {
namespace {

/// Reactions end; if these do not, they go round in a circle.
constexpr int kMostRounds = 10'000;
constexpr int kMostLooks = 3'000;

template <class Tables, class Reader, class Row>
Row RowOf(const Reader& reader, state::Table<Row> Tables::*table, const std::string& name) {
  absl::StatusOr<std::unique_ptr<state::Snapshot>> rows = reader.Read();
  EXPECT_TRUE(rows.ok()) << rows.status();
  if (!rows.ok()) return Row();
  const Tables tables(**rows);
  std::optional<Row> row = (tables.*table).Get(name);
  EXPECT_TRUE(row.has_value()) << "there is no " << name;
  return row.value_or(Row());
}

}  // namespace

Town::Town(absl::Time start) : Town(start, std::optional<host::Host::Kafka>()) {}

Town::Town(absl::Time start, std::string folder) : folder_(std::move(folder)), time_(start) {
  Open();
  Settle();
}

Town::Town(absl::Time start, host::Host::Kafka kafka)
    : Town(start, std::optional<host::Host::Kafka>(std::move(kafka))) {}

Town::Town(absl::Time start, std::optional<host::Host::Kafka> kafka)
    : kafka_(std::move(kafka)), disk_(rocksdb::NewMemEnv(rocksdb::Env::Default())), time_(start) {
  Open();
  Settle();
}

void Town::Open() {
  absl::StatusOr<std::unique_ptr<host::Host>> host =
      host::Host::Open({folder_, disk_, kafka_, {}}, all::EveryService(), time_, EnglandAndWales());
  // Without a host no line of the test means anything.
  host_ = std::move(host).value();
  AwaitJournals();
}

void Town::AwaitJournals() {
  for (journal::Journal* journal : host_->journals()) {
    for (int look = 0; !journal->Health().ok(); ++look) {
      ASSERT_LT(look, kMostLooks) << journal->Health();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

void Town::Restart() {
  host_.reset();
  Open();
  Settle();
}

void Town::Settle() {
  for (int round = 0; round < kMostRounds; ++round) {
    bool quiet = true;
    for (engine::Stepper* stepper : host_->steppers()) quiet &= !stepper->Step();
    if (quiet) return;
    time_.Advance(absl::Microseconds(1));
  }
  ADD_FAILURE() << "the services do not come to rest";
}

absl::Time Town::NextDue() {
  absl::Time next = absl::InfiniteFuture();
  for (engine::Stepper* stepper : host_->steppers()) next = std::min(next, stepper->NextDue());
  return next;
}

void Town::LiveUntil(absl::Time until) {
  for (absl::Time next = NextDue(); next <= until; next = NextDue()) {
    time_.Set(std::max(next, Now()));
    Settle();
    if (NextDue() <= next) {
      ADD_FAILURE() << "a clock due at " << next << " never fires";
      return;
    }
  }
  time_.Set(std::max(until, Now()));
  Settle();
}

void Town::SleepUntil(absl::Time until) {
  host_.reset();
  time_.Set(until);
  Open();
  Settle();
}

absl::StatusOr<Town::Receipt> Town::AnswerOf(const Answer& answer) {
  if (answer->has_value()) return **answer;
  ADD_FAILURE() << "nobody answered the command";
  return absl::InternalError("nobody answered the command");
}

std::string Town::NameIn(const absl::StatusOr<Receipt>& receipt) {
  EXPECT_TRUE(receipt.ok()) << receipt.status();
  return receipt.ok() ? receipt->name() : "";
}

intake::v1::Call Town::CallNamed(const std::string& name) {
  return RowOf(host_->engine("intake"), &intake::Tables::calls, name);
}

routing::v1::Placement Town::PlacementOf(const std::string& call) {
  return RowOf(host_->engine("routing"), &routing::Tables::placements, call);
}

sara::v1::Problem Town::ProblemNamed(const std::string& name) {
  return RowOf(host_->engine("sara"), &sara::Tables::problems, name);
}

scrutiny::v1::Referral Town::ReferralNamed(const std::string& name) {
  return RowOf(host_->engine("scrutiny"), &scrutiny::Tables::referrals, name);
}

scrutiny::v1::Recommendation Town::RecommendationNamed(const std::string& name) {
  return RowOf(host_->engine("scrutiny"), &scrutiny::Tables::recommendations, name);
}

insight::v1::CallStory Town::Story(const std::string& call) {
  return insight::StoryOf(RowOf(host_->projector("insight"), &insight::Tables::stories, call));
}

std::vector<insight::v1::CallStory> Town::Stories() {
  std::vector<insight::v1::CallStory> stories;
  auto rows = host_->projector("insight").Read().value();
  insight::Tables(*rows).stories.Scan("", "",
                                      [&](absl::string_view, const insight::v1::StoryRow& row) {
                                        stories.push_back(insight::StoryOf(row));
                                        return true;
                                      });
  return stories;
}

std::vector<insight::v1::HistoryEntry> Town::History(const std::string& name) {
  auto rows = host_->projector("insight").Read().value();
  return insight::HistoryOf(insight::Tables(*rows), name);
}

std::vector<record::v1::Record> Town::Records(const std::string& topic) {
  std::vector<record::v1::Record> records;
  for (journal::Journal* journal : host_->journals()) {
    if (journal->topic() != topic) continue;
    absl::Status read = journal->Read(0, [&](uint64_t, absl::string_view bytes) {
      return records.emplace_back().ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    });
    EXPECT_TRUE(read.ok()) << read;
  }
  return records;
}

int Town::CountOf(const std::string& type, const std::string& subject) {
  int count = 0;
  for (journal::Journal* journal : host_->journals()) {
    for (const record::v1::Record& record : Records(journal->topic())) {
      count += record.type() == type && record.subject() == subject;
    }
  }
  return count;
}

absl::Status Town::CheckWhole() {
  for (journal::Journal* journal : host_->journals()) {
    absl::StatusOr<engine::Verdict> verdict = engine::Verify(*journal, [](uint64_t, uint64_t) {});
    if (!verdict.ok()) return verdict.status();
    if (!verdict->damage.empty()) return absl::DataLossError(verdict->damage);
  }
  for (engine::Stepper* stepper : host_->steppers()) {
    for (const engine::Progress& progress : stepper->ReadProgress()) {
      if (!progress.fault.ok()) return progress.fault;
    }
    auto rebuilt = stepper->Rebuild([](uint64_t, uint64_t) {});
    if (!rebuilt.ok()) return rebuilt.status();
    if (rebuilt->digest_before != rebuilt->digest_after) {
      return absl::DataLossError(
          absl::StrCat(stepper->service(), ": folded again, its tables differ"));
    }
  }
  return absl::OkStatus();
}

}  // namespace ccfa::test_support
