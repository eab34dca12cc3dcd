#include "tests/bench/rebuild.h"

#include <vector>

#include "absl/time/clock.h"
#include "common/engine/digest.h"
#include "common/rpc/commands.h"
#include "services/all/every_service.h"
#include "services/intake/domain/decide.h"
#include "services/intake/reactions.h"
#include "tests/bench/load.h"

namespace ccfa::bench {
namespace {

constexpr char kTables[] = "tables-0";
constexpr int kPutsABatch = 1000;

template <class Request>
void Ask(engine::Engine& engine, const Request& request) {
  auto command = rpc::NewCommand({"administrator", "bench", ""}, request);
  command->decide = engine::DecisionOf<intake::v1::Event, intake::Tables>(request);
  engine.Submit(*std::move(command));
}

void Fill(host::Host& host, int events) {
  engine::Engine& intake = host.engine("intake");
  intake.Step();
  engine::Command open = engine::Reaction<intake::v1::Event, intake::Tables>(
      "OpenCouncil", "", intake::OpenCouncil{"councils/E09999999"});
  open.council = "E09999999";
  intake.Submit(std::move(open));
  intake::v1::LogCallRequest request = SampleCall(/*imported=*/false);
  for (int i = 0; i < events; ++i) {
    request.set_request_id("bench/" + std::to_string(i));
    Ask(intake, request);
    if (i % 256 == 255) intake.Step();
  }
  while (intake.Step()) {
  }
}

double RatePerSecond(uint64_t events, absl::Time start) {
  return static_cast<double>(events) / absl::ToDoubleSeconds(absl::Now() - start);
}

double ScanAndPut(host::Host& host, const std::string& folder) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, folder, &opened).ok()) return 0;
  std::unique_ptr<rocksdb::DB> scratch(opened);
  rocksdb::WriteOptions unlogged;
  unlogged.disableWAL = true;
  auto rows_of = [](state::Database& database, const char* family) {
    auto open = database.Lease();
    return std::unique_ptr<rocksdb::Iterator>(
        open->db().NewIterator(rocksdb::ReadOptions(), open->family(family).get()));
  };
  absl::Time start = absl::Now();
  uint64_t events = 0, bytes = 0, puts = 0;
  auto records = rows_of(host.journal_database(), intake::kTopic);
  for (records->SeekToFirst(); records->Valid(); records->Next(), ++events)
    bytes += records->value().size();
  if (bytes == 0) return 0;
  rocksdb::WriteBatch batch;
  auto rows = rows_of(host.database("intake"), kTables);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    batch.Put(rows->key(), rows->value());
    if (++puts % kPutsABatch != 0) continue;
    scratch->Write(unlogged, &batch);
    batch.Clear();
  }
  scratch->Write(unlogged, &batch);
  double rate = RatePerSecond(events, start);
  scratch.reset();
  rocksdb::DestroyDB(folder, options);
  return rate;
}

}  // namespace

RebuildRates MeasureRebuild(const std::string& folder, int events, int rounds) {
  SystemTime time;
  auto calendar = calendar::Calendar::Create(calendar::BankHolidays::None());
  auto host = host::Host::Open({folder + "/rebuild", nullptr, {}, {}}, all::EveryService(), time,
                               *calendar);
  if (!host.ok()) return {};
  Fill(**host, events);
  std::vector<double> rebuilds, puts;
  for (int round = 0; round < rounds; ++round) {
    puts.push_back(ScanAndPut(**host, folder + "/scan-and-put"));
    absl::Time start = absl::Now();
    auto result = (*host)->engine("intake").Rebuild([](uint64_t, uint64_t) {});
    absl::Duration took = absl::Now() - start;
    if (!result.ok()) return {};
    // The digests before and after are the check, not the rebuild: they are taken off.
    start = absl::Now();
    engine::DigestOfTables((*host)->database("intake").Lease(), kTables);
    absl::Duration checking = 2 * (absl::Now() - start);
    rebuilds.push_back(static_cast<double>(result->events) /
                       absl::ToDoubleSeconds(took - checking));
  }
  return {Median(rebuilds), Median(puts)};
}

}  // namespace ccfa::bench
