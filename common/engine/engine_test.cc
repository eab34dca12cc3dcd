// The engine's promise to whoever sends a command, at the engine itself.
#include "common/engine/engine.h"

#include <google/rpc/error_details.pb.h>

#include "common/engine/given.h"

namespace ccfa::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Fault = WatchedJournal::Fault;

/// A queue with room for two.
class FullQueue : public NotebookTest {
 protected:
  FullQueue() : NotebookTest({.service = "notes", .tables = "tables", .queue_capacity = 2}) {}
};

TEST_F(FullQueue, RefusesAtOnceAndSaysWhenToComeBack) {
  Answer first = Ask("a"), second = Ask("b"), third = Ask("c");
  EXPECT_EQ(Said(first), "not answered");
  ASSERT_EQ(Said(third), "QUEUE_FULL");
  EXPECT_TRUE(absl::IsResourceExhausted((*third)->status()));
  auto payload = (*third)->status().GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(payload && retry.ParseFromString(std::string(*payload)));
  EXPECT_GT(retry.retry_delay().nanos() + retry.retry_delay().seconds(), 0);

  engine_->Step();
  EXPECT_EQ(Said(first), "OK");
  EXPECT_EQ(Said(second), "OK");
  Answer again = Ask("c");
  engine_->Step();
  EXPECT_EQ(Said(again), "OK");
}

class Start : public NotebookTest {};

TEST_F(Start, RefusesCommandsAndReadsUntilTheJournalWasRead) {
  Close();
  Open();
  EXPECT_EQ(Said(Ask("a")), "STARTING");
  EXPECT_EQ(ReasonOf(engine_->Read().status()), "STARTING");
  engine_->Step();
  Answer again = Ask("a");
  engine_->Step();
  EXPECT_EQ(Said(again), "OK");
}

class Deadline : public NotebookTest {};

TEST_F(Deadline, DropsACommandNobodyWaitsForBeforeItCostsAnything) {
  bool decided = false;
  Command late = TakeDown("a");
  late.decide = [&](state::Rows&, const Context&) -> absl::StatusOr<Draft> {
    decided = true;
    return Draft();
  };
  late.deadline = time_.Now() + absl::Milliseconds(5);
  Answer answer = Submit(std::move(late));
  time_.Advance(absl::Milliseconds(5));
  engine_->Step();
  EXPECT_EQ(Said(answer), "DEADLINE_EXCEEDED");
  EXPECT_FALSE(decided);
  EXPECT_THAT(journal_->sizes(), IsEmpty());
}

class OneTurn : public NotebookTest {};

TEST_F(OneTurn, AppendsOnceHoweverMuchThereIsToDo) {
  for (int i = 0; i < 10; ++i) Ask(absl::StrCat("note", i));
  Happen(*first_, {"x", "y"});
  Happen(*second_, {"z"});
  EXPECT_TRUE(engine_->Step());
  EXPECT_THAT(journal_->sizes(), ElementsAre(13));
  EXPECT_EQ(journal_->durability(), journal::Durability::kNow);
  EXPECT_FALSE(engine_->Step());
  EXPECT_THAT(journal_->sizes(), ElementsAre(13));
}

TEST_F(OneTurn, LetsReactionsBecomeDurableWithTheNextAnswer) {
  Happen(*first_, {"x"});
  engine_->Step();
  EXPECT_EQ(journal_->durability(), journal::Durability::kWithNext);
}

TEST_F(OneTurn, AppendsNothingWhenEverythingIsRefused) {
  Ask("a");
  engine_->Step();
  Answer refused = Ask("a"), refused_too = Ask("a");
  engine_->Step();
  EXPECT_EQ(Said(refused), "WRONG_STATE");
  EXPECT_EQ(Said(refused_too), "WRONG_STATE");
  EXPECT_THAT(journal_->sizes(), ElementsAre(1));
}

TEST_F(OneTurn, ShowsACommandWhatTheOnesBeforeItStaged) {
  Answer first = Ask("a"), same = Ask("a"), other = Ask("b");
  engine_->Step();
  EXPECT_EQ(Said(first), "OK");
  EXPECT_EQ(Said(same), "WRONG_STATE");
  EXPECT_EQ(Said(other), "OK");
}

TEST_F(OneTurn, KeepsNothingThatARefusedCommandStaged) {
  Command spoiler = TakeDown("b");
  spoiler.decide = [](state::Rows& rows, const Context&) -> absl::StatusOr<Draft> {
    rows.Put(Notebook::RowOf("b"), "spoiled");
    rows.Delete(Notebook::RowOf("a"));
    return WrongState("and then it was refused");
  };
  Answer first = Ask("a"), refused = Submit(std::move(spoiler)), last = Ask("b");
  engine_->Step();
  EXPECT_EQ(Said(refused), "WRONG_STATE");
  EXPECT_EQ(Said(last), "OK") << "it met what the refused command had staged";
  EXPECT_EQ(Subjects(), "a b");
  EXPECT_TRUE(IsNoted("a"));
  EXPECT_EQ(Digest(), DigestOfTheJournal());
}

TEST_F(OneTurn, TellsOfAFailedReadAndNotOfWhatWasMadeOfIt) {
  Command misled = TakeDown("a");
  misled.decide = [](state::Rows& rows, const Context&) -> absl::StatusOr<Draft> {
    rows.Report(absl::UnavailableError("the disk did not answer"));
    return NotFound("name", "a");
  };
  Answer failed = Submit(std::move(misled)), next = Ask("b");
  engine_->Step();
  EXPECT_EQ(Said(failed), "UNAVAILABLE");
  EXPECT_EQ(Said(next), "OK");
}

TEST_F(OneTurn, RecordsNothingWhenAllIsAsAskedAlready) {
  Command nothing = TakeDown("a", "one");
  nothing.decide = [](state::Rows&, const Context&) { return Draft(); };
  Answer answer = Submit(std::move(nothing));
  engine_->Step();
  EXPECT_EQ(ReceiptIn(answer).name(), "a");
  EXPECT_EQ(ReceiptIn(answer).event(), "");
  EXPECT_THAT(journal_->sizes(), IsEmpty());
}

class RequestId : public NotebookTest {};

TEST_F(RequestId, GetsTheFirstReceiptHoweverOftenItComes) {
  Answer first = Ask("a", "one"), in_the_same_turn = Ask("a", "one");
  engine_->Step();
  Answer in_the_next = Ask("a", "one");
  engine_->Step();
  Restart();
  Answer after_a_restart = Ask("a", "one");
  engine_->Step();
  EXPECT_FALSE(ReceiptIn(first).repeated());
  for (const Answer& again : {in_the_same_turn, in_the_next, after_a_restart}) {
    Receipt receipt = ReceiptIn(again);
    EXPECT_TRUE(receipt.repeated());
    receipt.set_repeated(false);
    EXPECT_EQ(receipt.SerializeAsString(), ReceiptIn(first).SerializeAsString());
  }
  EXPECT_EQ(Subjects(), "a");
}

TEST_F(RequestId, IsRefusedWithAnotherBody) {
  Answer first = Ask("a", "one"), other_text = Ask("a", "one", "another text");
  engine_->Step();
  EXPECT_EQ(Said(first), "OK");
  EXPECT_EQ(Said(other_text), "REQUEST_ID_REUSED");
  EXPECT_EQ(FieldOf((*other_text)->status()), "request_id");
}

TEST_F(RequestId, OfARefusedCommandMayBeTriedAgain) {
  Ask("a");
  engine_->Step();
  Answer refused = Ask("a", "one");
  engine_->Step();
  EXPECT_EQ(Said(refused), "WRONG_STATE");
  Answer with_another_body = Ask("b", "one");
  engine_->Step();
  EXPECT_EQ(Said(with_another_body), "OK");
}

TEST_F(RequestId, IsItsCouncilsOwn) {
  Command elsewhere = TakeDown("b", "one");
  elsewhere.council = "E2";
  Answer here = Ask("a", "one"), there = Submit(std::move(elsewhere));
  engine_->Step();
  EXPECT_EQ(Said(here), "OK");
  EXPECT_EQ(Said(there), "OK");
}

/// The append fails: nothing of it was kept, or all of it was and nobody can tell.
class FailedAppend : public NotebookTest, public ::testing::WithParamInterface<Fault> {
 protected:
  void Fail() {
    Answer before = Ask("before", "zero");
    engine_->Step();
    EXPECT_EQ(Said(before), "OK");
    journal_->Fail(GetParam());
  }
};

TEST_P(FailedAppend, TellsNobodyOfSuccessNorOfARefusalThatRestsOnIt) {
  Fail();
  Answer noted = Ask("a"), refused = Ask("a");
  engine_->Step();
  EXPECT_EQ(Said(noted), "OUTCOME_UNKNOWN");
  EXPECT_EQ(Said(refused), "OUTCOME_UNKNOWN");
  EXPECT_FALSE(IsNoted("a"));
}

TEST_P(FailedAppend, ClosesTheServiceButNotItsReads) {
  Fail();
  Ask("a");
  engine_->Step();
  EXPECT_FALSE(engine_->Health().ok());
  EXPECT_TRUE(IsNoted("before"));
  size_t appends = journal_->sizes().size();
  EXPECT_EQ(Said(Ask("b")), "UNAVAILABLE");
  EXPECT_FALSE(engine_->Step());
  EXPECT_EQ(journal_->sizes().size(), appends) << "appended again before the tail was read";
}

TEST_P(FailedAppend, LeavesTheTablesThatTheJournalSays) {
  Fail();
  Ask("a", "one");
  engine_->Step();
  Heal();
  EXPECT_TRUE(engine_->Health().ok());
  EXPECT_EQ(IsNoted("a"), GetParam() == Fault::kAllKept);
  EXPECT_EQ(Digest(), DigestOfTheJournal());
  Answer again = Ask("a", "one");
  engine_->Step();
  EXPECT_EQ(ReceiptIn(again).repeated(), GetParam() == Fault::kAllKept);
  EXPECT_EQ(Subjects(), "before a");
}

INSTANTIATE_TEST_SUITE_P(Kept, FailedAppend,
                         ::testing::Values(Fault::kNothingKept, Fault::kAllKept),
                         [](const auto& fault) {
                           return fault.param == Fault::kAllKept ? "All" : "Nothing";
                         });

TEST_F(Start, HaltsAtAGapInItsOwnJournal) {
  for (const char* name : {"a", "b", "c"}) Ask(name);
  engine_->Step();
  Lose(2);
  RestartWithoutTables();
  EXPECT_TRUE(absl::IsDataLoss(engine_->Health())) << engine_->Health();
  EXPECT_THAT(std::string(engine_->Health().message()),
              HasSubstr("expected the record with seq 2"));
  EXPECT_EQ(Said(Ask("d")), "DATA_LOSS");
}

/// What an engine says that finds this event behind its own first.
class OwnEvent : public NotebookTest {
 protected:
  std::string SaidOf(const std::string& type, const std::string& data) {
    Ask("a");
    engine_->Step();
    Record record;
    record.set_type(type);
    record.set_seq(2);
    record.set_data(data);
    EXPECT_TRUE(
        journal_->Append({{2, record.SerializeAsString()}}, journal::Durability::kNow).ok());
    Restart();
    EXPECT_FALSE((*Ask("b"))->ok());
    return std::string(engine_->Health().message());
  }
};

TEST_F(OwnEvent, OfALaterBuildIsNeverPassedOver) {
  // A field this build does not have.
  EXPECT_THAT(SaidOf("ccfa.intake.v1.CallSungAbout", "\xca\x3e\x02la"),
              HasSubstr("offset 2: this build does not know ccfa.intake.v1.CallSungAbout"));
}

TEST_F(OwnEvent, ThatIsGarbageIsNeverPassedOver) {
  EXPECT_THAT(SaidOf("ccfa.intake.v1.CallLogged", "\xff\xff"),
              HasSubstr("offset 2: the event cannot be decoded"));
}

TEST_F(Start, FoldsAgainWhenTheTablesKnowMoreThanTheJournal) {
  Ask("a");
  engine_->Step();
  Happen(*first_, {"b"});
  engine_->Step();
  std::string digest = Digest();
  // A power cut took a record that nobody had been told of.
  Lose(2);
  Restart();
  EXPECT_EQ(Subjects(), "a b") << "its cause is read again";
  EXPECT_EQ(Digest(), digest);
}

TEST_F(Start, FoldsAgainOnceWhenTheTablesAreOfAnotherEdition) {
  Ask("a");
  engine_->Step();
  Spoil("a");
  Restart();
  EXPECT_FALSE(IsNoted("a")) << "what was folded stays as it is";
  rules_.ChangeTo(2);
  Restart();
  EXPECT_TRUE(IsNoted("a"));
  Spoil("a");
  Restart();
  EXPECT_FALSE(IsNoted("a"));
}

}  // namespace
}  // namespace ccfa::engine
