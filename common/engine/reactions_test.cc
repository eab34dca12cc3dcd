// What the engine promises about others' events: each has its effect once, none is skipped.
#include "common/engine/engine.h"
#include "common/engine/given.h"

namespace ccfa::engine {
namespace {

using ::testing::HasSubstr;

/// An event that this build has never heard of.
constexpr char kLaterType[] = "ccfa.intake.v1.CallForgotten";
/// Field 99, a string: what its oneof would look like.
constexpr char kLaterData[] = "\x9a\x06\x01x";

class Reaction : public NotebookTest {
 protected:
  Progress ProgressIn(const std::string& topic) {
    for (const Progress& progress : engine_->ReadProgress()) {
      if (progress.topic == topic) return progress;
    }
    ADD_FAILURE() << "does not read " << topic;
    return {};
  }
};

TEST_F(Reaction, SaysWhatCausedItAndInWhichOrder) {
  Happen(*first_, {});
  Happen(*first_, {"a", "b"});
  engine_->Step();
  std::vector<Record> records = Records();
  ASSERT_EQ(Subjects(), "a b");
  for (uint32_t i = 0; i < 2; ++i) {
    EXPECT_EQ(records[i].actor(), "system:notes");
    EXPECT_EQ(records[i].cause().topic(), "first");
    EXPECT_EQ(records[i].cause().offset(), 2);
    EXPECT_EQ(records[i].cause().ordinal(), i + 1);
  }
}

TEST_F(Reaction, ToARedeliveredCauseDoesNothing) {
  Happen(*first_, {"a", "b"});
  Happen(*second_, {"c"});
  Happen(*first_, {});
  engine_->Step();
  std::string digest = Digest();
  RestartWithoutTables();
  EXPECT_EQ(Subjects(), "a b c");
  EXPECT_EQ(Digest(), digest);
}

TEST_F(Reaction, ToACauseDealtWithInPartDoesTheRest) {
  Happen(*first_, {"a", "b"});
  engine_->Step();
  std::string digest = Digest();
  Lose(2);
  RestartWithoutTables();
  EXPECT_EQ(Subjects(), "a b");
  EXPECT_EQ(Digest(), digest);
}

TEST_F(Reaction, ThatIsRefusedIsRecordedOnceAndPassedOver) {
  Ask("a");
  engine_->Step();
  Happen(*first_, {"a"});
  Happen(*first_, {"b"});
  engine_->Step();
  ASSERT_EQ(Subjects(), "a a b");
  Record record = Records()[1];
  EXPECT_EQ(record.type(), "ccfa.record.v1.ReactionRefused");
  EXPECT_EQ(record.cause().offset(), 1);
  Event event;
  ASSERT_TRUE(event.ParseFromString(record.data()));
  EXPECT_EQ(event.reaction_refused().command(), "TakeDown");
  EXPECT_EQ(event.reaction_refused().reason(), "WRONG_STATE");
  EXPECT_THAT(event.reaction_refused().message(), HasSubstr("is noted already"));
  RestartWithoutTables();
  EXPECT_EQ(Subjects(), "a a b");
}

TEST_F(Reaction, ThatFailsForNowIsTriedAgainAndNeverPassedOver) {
  Ask("taken");
  engine_->Step();
  Happen(*first_, {"a", "b"});
  rules_.FailNextReaction(absl::UnavailableError("the disk did not answer"));
  engine_->Step();
  Heal();
  EXPECT_EQ(Subjects(), "taken a b");
  EXPECT_EQ(ProgressIn("first").applied, 1);
}

TEST_F(Reaction, StopsAtAnEventOfALaterBuildAndShowsIt) {
  Happen(*first_, {"a"});
  Write(*first_, kLaterType, kLaterData);
  Happen(*first_, {"behind it"});
  engine_->Step();
  EXPECT_EQ(Subjects(), "a");
  Progress progress = ProgressIn("first");
  EXPECT_EQ(progress.applied, 1);
  EXPECT_EQ(progress.end, 3);
  EXPECT_TRUE(absl::IsUnimplemented(progress.fault)) << progress.fault;
  EXPECT_THAT(std::string(progress.fault.message()), HasSubstr("first offset 2"));
  EXPECT_THAT(std::string(progress.fault.message()), HasSubstr(kLaterType));
  Restart();
  EXPECT_EQ(Subjects(), "a");
  EXPECT_EQ(ProgressIn("first").applied, 1);
}

TEST_F(Reaction, StopsAtBytesThatAreNoEventAndShowsIt) {
  Write(*first_, "ccfa.intake.v1.CallLogged", "\xff\xff\xff");
  Happen(*first_, {"behind it"});
  engine_->Step();
  EXPECT_EQ(Subjects(), "");
  EXPECT_TRUE(absl::IsDataLoss(ProgressIn("first").fault)) << ProgressIn("first").fault;
}

TEST_F(Reaction, StopsOneTopicWhileCommandsAndTheOthersGoOn) {
  Write(*first_, kLaterType, kLaterData);
  engine_->Step();
  Happen(*second_, {"theirs"});
  Answer answer = Ask("ours");
  engine_->Step();
  EXPECT_EQ(Said(answer), "OK");
  EXPECT_TRUE(engine_->Health().ok()) << engine_->Health();
  EXPECT_TRUE(IsNoted("theirs"));
  EXPECT_TRUE(ProgressIn("second").fault.ok());
  EXPECT_EQ(ProgressIn("second").applied, 1);
}

TEST_F(Reaction, PassesOverWhatItIgnoresAndRemembersHowFar) {
  Event ignored;
  ignored.mutable_call_acknowledged()->set_name("theirs");
  for (int i = 0; i < 3; ++i) {
    Write(*first_, "ccfa.intake.v1.CallAcknowledged", ignored.SerializeAsString());
  }
  engine_->Step();
  EXPECT_EQ(ProgressIn("first").applied, 3);
  EXPECT_TRUE(journal_->sizes().empty());
  Ask("a");
  engine_->Step();
  Restart();
  EXPECT_EQ(ProgressIn("first").applied, 3);
}

TEST_F(Reaction, HasItsEffectOnceWhenItsAppendFailed) {
  for (WatchedJournal::Fault fault :
       {WatchedJournal::Fault::kNothingKept, WatchedJournal::Fault::kAllKept}) {
    Happen(*first_, {absl::StrCat("fault ", static_cast<int>(fault))});
    journal_->Fail(fault);
    engine_->Step();
    Heal();
  }
  EXPECT_EQ(Subjects(), "fault 0 fault 1");
  EXPECT_EQ(Digest(), DigestOfTheJournal());
}

}  // namespace
}  // namespace ccfa::engine
