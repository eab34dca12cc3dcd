// The services as they run: a thread each, many askers at once.

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "common/engine/runner.h"
#include "common/rpc/commands.h"
#include "services/all/every_service.h"
#include "services/intake/domain/decide.h"
#include "services/routing/tables.h"

namespace ccfa::test_support {
namespace {

constexpr int kAskers = 4;
constexpr int kCallsEach = 100;

intake::v1::LogCallRequest Imported(const std::string& request_id) {
  intake::v1::LogCallRequest request;
  request.set_parent("councils/E1");
  request.set_request_id(request_id);
  request.mutable_details()->set_category("litter");
  request.mutable_details()->set_summary("Litter in the lane");
  request.mutable_details()->set_source(intake::v1::SOURCE_IMPORT);
  return request;
}

TEST(Threads, AnswerEveryAskerOnceAndTellTheSameStory) {
  std::string folder = ::testing::TempDir() + "/threads-" + std::to_string(getpid());
  std::filesystem::remove_all(folder);
  SystemTime time;
  auto calendar = calendar::Calendar::Create(calendar::BankHolidays::None());
  auto host = *host::Host::Open({folder, nullptr, {}, {}}, all::EveryService(), time, *calendar);
  engine::Answerer answerer;
  for (engine::Engine* engine : host->engines()) engine->AnswerOn(&answerer);
  std::vector<std::unique_ptr<engine::Runner>> runners;
  for (engine::Stepper* stepper : host->steppers()) {
    runners.push_back(std::make_unique<engine::Runner>(*stepper, time));
  }
  runners[0]->Between([&] {
    host->engine("intake").Step();
    engine::Command open = engine::Reaction<intake::v1::Event, intake::Tables>(
        "OpenCouncil", "", intake::OpenCouncil{"councils/E1"});
    open.council = "E1";
    host->engine("intake").Submit(std::move(open));
  });

  std::atomic<int> answered = 0, refused = 0;
  std::vector<std::thread> askers;
  for (int asker = 0; asker < kAskers; ++asker) {
    askers.emplace_back([&, asker] {
      for (int i = 0; i < kCallsEach; ++i) {
        intake::v1::LogCallRequest request = Imported(absl::StrCat(asker, "/", i));
        auto command = *rpc::NewCommand({"administrator", "test", ""}, request);
        command.decide = engine::DecisionOf<intake::v1::Event, intake::Tables>(request);
        command.done = [&](absl::StatusOr<record::v1::Receipt> receipt) {
          ++(receipt.ok() ? answered : refused);
        };
        host->engine("intake").Submit(std::move(command));
        if (i % 10 == 0) host->projector("insight").Read().status().IgnoreError();
      }
    });
  }
  for (std::thread& asker : askers) asker.join();
  while (answered + refused < kAskers * kCallsEach) std::this_thread::yield();
  EXPECT_EQ(refused, 0);

  // Every call was accepted at once and, without a place, stands in triage; insight says the same.
  std::atomic<bool> settled = false;
  while (!settled) {
    settled = true;
    for (engine::Stepper* stepper : host->steppers()) {
      for (const engine::Progress& progress : stepper->ReadProgress()) {
        if (progress.applied < progress.end) settled = false;
      }
    }
    for (auto& runner : runners) runner->Ring();
    std::this_thread::yield();
  }
  for (auto& runner : runners) {
    runner->Between([&] {
      auto rebuilt = runner->stepper().Rebuild([](uint64_t, uint64_t) {});
      ASSERT_TRUE(rebuilt.ok()) << rebuilt.status();
      EXPECT_EQ(rebuilt->digest_before, rebuilt->digest_after) << runner->stepper().service();
    });
  }
  auto rows = host->engine("routing").Read();
  ASSERT_TRUE(rows.ok());
  int in_triage = 0;
  routing::Tables(**rows).placements.ScanIndex(
      routing::kTriageByCouncil, "", "", [&](absl::string_view, const routing::v1::Placement&) {
        ++in_triage;
        return true;
      });
  EXPECT_EQ(in_triage, kAskers * kCallsEach);
  rows = absl::UnknownError("let go of the database");
  runners.clear();
  host.reset();
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ccfa::test_support
