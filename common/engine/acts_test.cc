#include "common/engine/acts.h"

#include <thread>

#include "common/engine/given.h"

namespace ccfa::engine {
namespace {

class ActsTest : public NotebookTest {
 protected:
  /// Acts wait for the writer, so it runs beside them.
  absl::Status Record(record::v1::Act act, const std::string& council = "councils/E1",
                      const std::string& topic = "") {
    record::v1::ActRecorded recorded;
    recorded.set_name(council);
    recorded.set_act(act);
    recorded.set_on("accounts/lee");
    absl::Status outcome;
    std::atomic<bool> done = false;
    std::thread asks([&] {
      outcome = Acts({engine_.get()}).Record({"administrator", "root", ""}, recorded, topic);
      done = true;
    });
    while (!done) engine_->Step();
    asks.join();
    return outcome;
  }
};

TEST_F(ActsTest, StandInTheJournalOfTheirCouncilWithWhoDidIt) {
  ASSERT_TRUE(Record(record::v1::ACT_ACCOUNT_DISABLED, "councils/E1").ok());
  ASSERT_TRUE(Record(record::v1::ACT_SIGNING_KEY_ROTATED, "councils/-", "notes").ok());
  ASSERT_EQ(Records().size(), 2u);
  const record::v1::Record record = Records()[0];
  EXPECT_EQ(record.type(), "ccfa.record.v1.ActRecorded");
  EXPECT_EQ(record.council(), "E1");
  EXPECT_EQ(record.actor(), "administrator:root");
  Event event;
  ASSERT_TRUE(event.ParseFromString(record.data()));
  EXPECT_EQ(event.act_recorded().act(), record::v1::ACT_ACCOUNT_DISABLED);
  EXPECT_EQ(event.act_recorded().on(), "accounts/lee");
  EXPECT_EQ(Records()[1].council(), "-");
  EXPECT_EQ(journal_->durability(), journal::Durability::kNow);
}

TEST_F(ActsTest, AreNotDoneWhenTheyCannotBeWrittenDown) {
  journal_->Fail(WatchedJournal::Fault::kNothingKept);
  EXPECT_EQ(Record(record::v1::ACT_ACCOUNT_DISABLED).code(), absl::StatusCode::kUnavailable);
  // From now on there is nobody to write them down.
  EXPECT_EQ(Record(record::v1::ACT_ACCOUNT_DISABLED).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(Record(record::v1::ACT_ACCOUNT_DISABLED, "councils/E1", "another")),
            "NOT_RECORDED");
  Heal();
  EXPECT_TRUE(Record(record::v1::ACT_ACCOUNT_DISABLED).ok());
}

TEST_F(ActsTest, AnExportOfACouncilThatHasNothingThereIsNoRecord) {
  Ask("councils/E1/notes/a");
  engine_->Step();
  EXPECT_TRUE(Record(record::v1::ACT_JOURNAL_EXPORTED, "councils/E2").ok());
  EXPECT_EQ(Records().size(), 1u);
  EXPECT_TRUE(Record(record::v1::ACT_JOURNAL_EXPORTED, "councils/E1").ok());
  EXPECT_EQ(Records().size(), 2u);
}

}  // namespace
}  // namespace ccfa::engine
