// What is promised when the disk fails: nothing is acknowledged that is not durable, reads go on,
// and nothing acknowledged is lost once the disk takes writes again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "common/core/refusal.h"
#include "common/engine/verify.h"
#include "common/rpc/commands.h"
#include "services/all/every_service.h"
#include "services/intake/domain/decide.h"
#include "tests/faults/faulty_disk.h"

namespace ccfa::faults {
namespace {

using Fault = FaultyDisk::Fault;

class Disk : public ::testing::TestWithParam<Fault> {
 protected:
  Disk() : folder_(::testing::TempDir() + "/disk-" + std::to_string(getpid())) {
    std::filesystem::remove_all(folder_);
    Start();
    engine::Command open = engine::Reaction<intake::v1::Event, intake::Tables>(
        "OpenCouncil", "", intake::OpenCouncil{"councils/E1"});
    open.council = "E1";
    host_->engine("intake").Step();
    host_->engine("intake").Submit(std::move(open));
    Settle();
  }
  ~Disk() override {
    disk_->Become(Fault::kNone);
    host_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Start() {
    auto env = std::shared_ptr<rocksdb::Env>(rocksdb::NewCompositeEnv(disk_));
    auto host = host::Host::Open({folder_, env, {}, {}}, all::EveryService(), time_, calendar_);
    ASSERT_TRUE(host.ok()) << host.status();
    host_ = *std::move(host);
  }

  void Settle() {
    for (bool busy = true; busy;) {
      busy = false;
      for (engine::Stepper* stepper : host_->steppers()) busy |= stepper->Step();
    }
  }

  absl::StatusOr<record::v1::Receipt> LogCall(const std::string& request_id) {
    intake::v1::LogCallRequest request;
    request.set_parent("councils/E1");
    request.set_request_id(request_id);
    request.mutable_details()->set_category("litter");
    request.mutable_details()->set_summary("Litter in the lane");
    request.mutable_details()->set_source(intake::v1::SOURCE_PHONE);
    auto command = rpc::NewCommand({"administrator", "test", ""}, request);
    absl::StatusOr<record::v1::Receipt> answer = absl::UnknownError("nobody answered");
    command->decide = engine::DecisionOf<intake::v1::Event, intake::Tables>(request);
    command->done = [&](absl::StatusOr<record::v1::Receipt> outcome) {
      answer = std::move(outcome);
    };
    host_->engine("intake").Submit(*std::move(command));
    Settle();
    return answer;
  }

  bool CallExists(const std::string& name) {
    auto rows = host_->engine("intake").Read();
    return rows.ok() && intake::Tables(**rows).calls.Contains(name);
  }

  const std::string folder_;
  std::shared_ptr<FaultyDisk> disk_ = std::make_shared<FaultyDisk>();
  ManualTime time_{absl::FromUnixSeconds(1'790'000'000)};
  calendar::Calendar calendar_ = *calendar::Calendar::Create(calendar::BankHolidays::None());
  std::unique_ptr<host::Host> host_;
};

TEST_P(Disk, RefusesWhatItCannotKeepAndGoesOnReading) {
  ASSERT_TRUE(LogCall("before").ok());
  disk_->Become(GetParam());
  absl::Status refused = LogCall("during").status();
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_EQ(ReasonOf(refused), "OUTCOME_UNKNOWN");
  EXPECT_TRUE(CallExists("councils/E1/calls/2026-000001"));
  EXPECT_FALSE(host_->engine("intake").Health().ok());
  EXPECT_TRUE(absl::IsUnavailable(LogCall("later").status()));
}

TEST_P(Disk, NeverTriesAFailedSyncAgain) {
  disk_->Become(GetParam());
  EXPECT_FALSE(LogCall("first").ok());
  int syncs = disk_->syncs();
  EXPECT_FALSE(LogCall("second").ok());
  EXPECT_FALSE(LogCall("third").ok());
  EXPECT_EQ(disk_->syncs(), syncs);
}

TEST_P(Disk, StaysClosedWhileTheDiskStillFails) {
  disk_->Become(GetParam());
  EXPECT_FALSE(LogCall("during").ok());
  EXPECT_FALSE(host_->journal_database().Reopen().ok());
  EXPECT_FALSE(LogCall("during").ok());
}

TEST_P(Disk, LosesNothingAcknowledgedAndServesAgainWhenItHeals) {
  absl::StatusOr<record::v1::Receipt> before = LogCall("before");
  ASSERT_TRUE(before.ok());
  disk_->Become(GetParam());
  EXPECT_FALSE(LogCall("during").ok());
  disk_->Become(Fault::kNone);
  ASSERT_TRUE(host_->journal_database().Reopen().ok());
  Settle();

  EXPECT_TRUE(host_->engine("intake").Health().ok());
  EXPECT_TRUE(CallExists(before->name()));
  absl::StatusOr<record::v1::Receipt> again = LogCall("before");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->repeated());
  EXPECT_EQ(again->name(), before->name());
  // Kept or not, the one whose outcome was unknown is there exactly once after it is repeated.
  ASSERT_TRUE(LogCall("during").ok());
  EXPECT_TRUE(LogCall("during")->repeated());
  for (journal::Journal* journal : host_->journals()) {
    auto verdict = engine::Verify(*journal, [](uint64_t, uint64_t) {});
    ASSERT_TRUE(verdict.ok());
    EXPECT_EQ(verdict->damage, "");
  }
}

// Tables are written without a log: they may reach the disk before a record that nobody waited for.
TEST_P(Disk, FoldsTablesAgainThatKnowMoreThanTheJournals) {
  std::string journals = folder_ + "/journals", earlier = folder_ + "-earlier";
  ASSERT_TRUE(LogCall("kept").ok());
  host_.reset();
  std::filesystem::copy(journals, earlier, std::filesystem::copy_options::recursive);
  Start();
  Settle();
  ASSERT_TRUE(LogCall("lost").ok());
  host_.reset();
  std::filesystem::remove_all(journals);
  std::filesystem::rename(earlier, journals);

  Start();
  Settle();
  EXPECT_TRUE(CallExists("councils/E1/calls/2026-000001"));
  EXPECT_FALSE(CallExists("councils/E1/calls/2026-000002"));
  absl::StatusOr<record::v1::Receipt> next = LogCall("next");
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->name(), "councils/E1/calls/2026-000002");
  for (engine::Engine* engine : host_->engines()) {
    auto rebuilt = engine->Rebuild([](uint64_t, uint64_t) {});
    ASSERT_TRUE(rebuilt.ok()) << rebuilt.status();
    EXPECT_EQ(rebuilt->digest_before, rebuilt->digest_after) << engine->service();
  }
}

INSTANTIATE_TEST_SUITE_P(Faults, Disk, ::testing::Values(Fault::kFull, Fault::kSyncFails),
                         [](const auto& fault) {
                           return fault.param == Fault::kFull ? "Full" : "SyncFails";
                         });

}  // namespace
}  // namespace ccfa::faults
