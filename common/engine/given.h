#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ccfa/intake/v1/events.pb.h"
#include "common/core/hash.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/engine/digest.h"
#include "common/engine/engine.h"
#include "common/engine/event.h"
#include "common/journal/embedded.h"

namespace ccfa::engine {

using intake::v1::Event;

/// The least service there is: it takes down notes, each a name and a text. A note is intake's
/// CallLogged, so that no proto is needed for tests. A note in another's topic leads to a note for
/// each of its `other_organisations`, in order, in the council that each name says.
class Notebook final : public Rules {
 public:
  Notebook() { interests_.Topic<Event>({}, {"CallLogged"}); }

  static Draft NoteOf(const std::string& name, const std::string& text,
                      const std::vector<std::string>& leading_to = {}) {
    auto event = std::make_unique<Event>();
    event->mutable_call_logged()->set_name(name);
    event->mutable_call_logged()->mutable_details()->set_summary(text);
    for (const std::string& other : leading_to) {
      event->mutable_call_logged()->mutable_details()->add_other_organisations(other);
    }
    return event;
  }
  static std::string RowOf(const std::string& name) { return absl::StrCat("note ", name); }

  /// Refuses a name that is taken.
  static absl::StatusOr<Draft> TakeDown(state::Rows& rows, const std::string& name,
                                        const std::string& text) {
    if (rows.Get(RowOf(name))) return WrongState(absl::StrCat(name, " is noted already"));
    return NoteOf(name, text);
  }

  Draft NewEvent() const override { return std::make_unique<Event>(); }
  Interest InterestIn(absl::string_view type) const override { return interests_.In(type); }
  void Apply(state::Rows& rows, const google::protobuf::Message& event, const Record&) override {
    const auto& note = static_cast<const Event&>(event);
    if (note.has_call_logged()) {
      rows.Put(RowOf(note.call_logged().name()), note.call_logged().details().summary());
    }
  }
  absl::StatusOr<std::vector<Command>> React(absl::string_view, const Record& record) override {
    Event event;
    if (!event.ParseFromString(record.data())) return absl::DataLossError("no event");
    std::vector<Command> commands;
    for (const std::string& name : event.call_logged().details().other_organisations()) {
      Command& command = commands.emplace_back();
      command.what = "TakeDown";
      command.subject = name;
      command.council = std::string(CouncilOf(name));
      command.decide = [this, name](state::Rows& rows, const Context&) -> absl::StatusOr<Draft> {
        if (!failure_.ok()) return std::exchange(failure_, absl::OkStatus());
        return TakeDown(rows, name, "a reaction");
      };
    }
    return commands;
  }
  Draft Refused(const record::v1::ReactionRefused& refused) const override {
    auto event = std::make_unique<Event>();
    *event->mutable_reaction_refused() = refused;
    return event;
  }
  Draft Acted(const record::v1::ActRecorded& act) const override {
    auto event = std::make_unique<Event>();
    *event->mutable_act_recorded() = act;
    return event;
  }
  std::vector<Command> DueClocks(state::Rows&, absl::Time, int) override { return {}; }
  absl::Time NextDue(state::Rows&) override { return absl::InfiniteFuture(); }

  uint64_t edition() const override { return edition_; }
  void ChangeTo(uint64_t edition) { edition_ = edition; }

  /// The next reaction fails with this, once.
  void FailNextReaction(absl::Status failure) { failure_ = std::move(failure); }

 private:
  Interests interests_;
  uint64_t edition_ = 1;
  absl::Status failure_;
};

/// A journal that counts what is appended, and fails when it is told to: then until it is healed.
class WatchedJournal final : public journal::Journal {
 public:
  /// Of an append that fails, nothing was kept, or all of it was.
  enum class Fault { kNothingKept, kAllKept };

  explicit WatchedJournal(journal::Journal& inner) : inner_(inner) {}

  const std::string& topic() const override { return inner_.topic(); }
  int partition() const override { return inner_.partition(); }
  absl::Status Health() const override { return failure_; }
  absl::Status IsCurrent() const override { return inner_.IsCurrent(); }
  void AskEnd(ThenEnd then) override { inner_.AskEnd(std::move(then)); }
  uint64_t generation() const override { return inner_.generation() + healed_; }
  absl::Status Append(const std::vector<journal::Sealed>& records,
                      journal::Durability durability) override {
    sizes_.push_back(records.size());
    durability_ = durability;
    if (fault_) failure_ = absl::UnavailableError("the disk is gone");
    if (fault_ == Fault::kNothingKept) return failure_;
    absl::Status appended = inner_.Append(records, durability);
    return fault_ ? failure_ : appended;
  }
  absl::StatusOr<uint64_t> End() const override { return inner_.End(); }
  absl::Status Read(uint64_t after, const Visit& visit) const override {
    return inner_.Read(after, visit);
  }
  void OnAppend(Ring ring) override { inner_.OnAppend(std::move(ring)); }

  void Fail(Fault fault) { fault_ = fault; }
  void Heal() {
    fault_.reset();
    failure_ = absl::OkStatus();
    ++healed_;
  }
  /// How many records each append so far brought.
  const std::vector<size_t>& sizes() const { return sizes_; }
  journal::Durability durability() const { return durability_; }

 private:
  journal::Journal& inner_;
  std::optional<Fault> fault_;
  absl::Status failure_;
  uint64_t healed_ = 0;
  std::vector<size_t> sizes_;
  journal::Durability durability_ = journal::Durability::kNow;
};

/// A notebook's engine over a disk in memory, beside two topics it reacts to. Driven by hand.
class NotebookTest : public ::testing::Test {
 protected:
  using Answer = std::shared_ptr<std::optional<absl::StatusOr<Receipt>>>;

  /// Opens what the disk has, and lets the engine read it.
  explicit NotebookTest(Engine::Options options = {"notes", "tables"})
      : options_(std::move(options)) {
    Open();
    engine_->Step();
  }
  ~NotebookTest() override { Close(); }

  void Restart() {
    Close();
    Open();
    while (engine_->Step()) {
    }
  }
  /// Ends the process after the journal was written and before the tables were.
  void RestartWithoutTables() {
    EXPECT_TRUE(tables_->Lease()->Empty("tables").ok());
    Restart();
  }
  /// Takes a note out of the tables, as if they had been folded otherwise.
  void Spoil(const std::string& name) {
    state::Staged rows(tables_->Lease(), "tables");
    rows.Delete(Notebook::RowOf(name));
    EXPECT_TRUE(rows.Commit().ok());
  }
  /// Takes a record out of the journal, as if it had never been written.
  void Lose(uint64_t offset) {
    auto lease = journals_->Lease();
    EXPECT_TRUE(lease->db()
                    .Delete(rocksdb::WriteOptions(), lease->family("notes").get(),
                            journal::EmbeddedJournal::KeyOf(0, offset))
                    .ok());
  }
  /// Storage works again: what failed is opened again, as `main` does, and read.
  void Heal() {
    journal_->Heal();
    for (state::Database* database : {journals_.get(), tables_.get()}) {
      if (!database->failure().ok()) {
        EXPECT_TRUE(database->Reopen().ok());
      }
    }
    while (engine_->Step()) {
    }
  }

  Command TakeDown(const std::string& name, const std::string& request_id = "",
                   const std::string& text = "a text") {
    Command command;
    command.what = "TakeDown";
    command.council = "E1";
    command.actor = {"councillor", "okafor", ""};
    command.subject = name;
    command.request_id = request_id;
    command.request_hash = Fingerprint(absl::StrCat(name, " ", text));
    command.decide = [=](state::Rows& rows, const Context&) {
      return Notebook::TakeDown(rows, name, text);
    };
    return command;
  }
  /// Queues a command; what comes back stands in the answer.
  Answer Submit(Command command) {
    auto answer = std::make_shared<std::optional<absl::StatusOr<Receipt>>>();
    command.done = [answer](absl::StatusOr<Receipt> outcome) {
      EXPECT_FALSE(answer->has_value()) << "answered twice";
      *answer = std::move(outcome);
    };
    engine_->Submit(std::move(command));
    return answer;
  }
  Answer Ask(const std::string& name, const std::string& request_id = "",
             const std::string& text = "a text") {
    return Submit(TakeDown(name, request_id, text));
  }
  /// "OK", a refusal's reason, or that nobody has answered.
  static std::string Said(const Answer& answer) {
    if (!answer->has_value()) return "not answered";
    return (*answer)->ok() ? "OK" : ReasonOf((*answer)->status());
  }
  static Receipt ReceiptIn(const Answer& answer) {
    EXPECT_EQ(Said(answer), "OK");
    return Said(answer) == "OK" ? ***answer : Receipt();
  }

  /// A note in another's topic, that leads to these notes here.
  static void Happen(journal::Journal& topic, const std::vector<std::string>& leading_to) {
    Write(topic, "ccfa.intake.v1.CallLogged",
          Notebook::NoteOf("theirs", "", leading_to)->SerializeAsString());
  }
  static void Write(journal::Journal& topic, const std::string& type, const std::string& data) {
    Record record;
    record.set_type(type);
    record.set_council("E1");
    record.set_seq(*topic.End() + 1);
    record.set_data(data);
    EXPECT_TRUE(
        topic.Append({{record.seq(), record.SerializeAsString()}}, journal::Durability::kNow).ok());
  }

  std::vector<Record> Records() const {
    std::vector<Record> records;
    absl::Status read = journal_->Read(0, [&](uint64_t, absl::string_view bytes) {
      return records.emplace_back().ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    });
    EXPECT_TRUE(read.ok()) << read;
    return records;
  }
  /// The names that records are about: "a b".
  std::string Subjects() const {
    std::vector<std::string> subjects;
    for (const Record& record : Records()) subjects.push_back(record.subject());
    return absl::StrJoin(subjects, " ");
  }
  bool IsNoted(const std::string& name) const {
    auto rows = engine_->Read();
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() && (*rows)->Get(Notebook::RowOf(name)).has_value();
  }
  std::string Digest() const { return DigestOfTables(tables_->Lease(), "tables"); }
  /// What the journal folds to from nothing.
  std::string DigestOfTheJournal() {
    auto rebuilt = engine_->Rebuild([](uint64_t, uint64_t) {});
    EXPECT_TRUE(rebuilt.ok()) << rebuilt.status();
    return rebuilt.ok() ? rebuilt->digest_after : "";
  }

  void Open() {
    journals_ = *state::Database::Open(
        {"/journals", {"notes", "first", "second"}, state::Holds::kJournals, disk_});
    tables_ = *state::Database::Open({"/tables", {"tables"}, state::Holds::kTables, disk_});
    own_ = std::make_unique<journal::EmbeddedJournal>(*journals_, "notes");
    journal_ = std::make_unique<WatchedJournal>(*own_);
    first_ = std::make_unique<journal::EmbeddedJournal>(*journals_, "first");
    second_ = std::make_unique<journal::EmbeddedJournal>(*journals_, "second");
    engine_ = std::make_unique<Engine>(options_, rules_, *journal_,
                                       std::vector<journal::Journal*>{first_.get(), second_.get()},
                                       *tables_, time_, calendar_);
  }
  void Close() {
    engine_.reset();
    second_.reset();
    first_.reset();
    journal_.reset();
    own_.reset();
    tables_.reset();
    journals_.reset();
  }

  const Engine::Options options_;
  const std::shared_ptr<rocksdb::Env> disk_{rocksdb::NewMemEnv(rocksdb::Env::Default())};
  ManualTime time_{absl::FromUnixSeconds(1'790'000'000)};
  const calendar::Calendar calendar_ = *calendar::Calendar::Create(calendar::BankHolidays::None());
  Notebook rules_;
  std::unique_ptr<state::Database> journals_, tables_;
  std::unique_ptr<journal::EmbeddedJournal> own_, first_, second_;
  std::unique_ptr<WatchedJournal> journal_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace ccfa::engine
