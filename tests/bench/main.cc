// Figures beside the machine's own limits, measured in the same run: tools/bench.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ccfa/journal/v1/journal.grpc.pb.h"
#include "ccfa/routing/v1/routing.grpc.pb.h"
#include "common/rpc/request.h"
#include "common/rpc/status.h"
#include "tests/bench/console.h"
#include "tests/bench/identity.h"
#include "tests/bench/kafka.h"
#include "tests/bench/load.h"
#include "tests/bench/process.h"
#include "tests/bench/raw.h"
#include "tests/bench/rebuild.h"

namespace ccfa::bench {
namespace {

/// At each page of the console.
constexpr int kLooks = 300;

struct Flags {
  std::string folder = "build/bench";
  std::string server;
  std::string only;
  double seconds = 3;
  int rounds = 5;
  int events = 200'000;
  int calls = 100'000;
  bool json = false;
  std::string kafka;
};

void Print(const Flags& flags, const std::string& name, double value, const std::string& unit,
           double limit, double ratio, const std::string& target) {
  if (flags.json) {
    nlohmann::ordered_json line = {
        {"name", name}, {"value", value}, {"unit", unit}, {"limit", limit}, {"ratio", ratio}};
    std::printf("%s\n", line.dump().c_str());
  } else {
    std::printf("%-16s %12.1f %-12s limit %12.1f  ratio %6.3f  (%s)\n", name.c_str(), value,
                unit.c_str(), limit, ratio, target.c_str());
  }
  std::fflush(stdout);
}

/// One council with one ward and one team around the sample call's point.
absl::Status PreparePlace(const std::shared_ptr<grpc::Channel>& channel) {
  auto routing = routing::v1::RoutingService::NewStub(channel);
  auto call = [](auto ask) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kActorKey, "administrator:bench");
    record::v1::Receipt receipt;
    return rpc::FromGrpc(ask(context, receipt));
  };
  routing::v1::RegisterCouncilRequest council;
  council.mutable_council()->set_name("councils/E09999999");
  council.mutable_council()->set_title("Bench");
  routing::v1::RegisterWardRequest ward;
  ward.mutable_ward()->set_name("councils/E09999999/wards/E05999999");
  ward.mutable_ward()->set_title("Bench ward");
  auto& ring = *ward.mutable_ward()->mutable_boundary()->add_polygons()->add_rings();
  for (int step : {520'000'000, 10'000'000, 0, -10'000'000, 0}) ring.add_lat_e7(step);
  for (int step : {20'000'000, 0, 10'000'000, 0, -10'000'000}) ring.add_lon_e7(step);
  routing::v1::CreateTeamRequest team;
  team.mutable_team()->set_name("councils/E09999999/teams/bench");
  team.mutable_team()->set_title("Bench team");
  team.mutable_team()->add_wards("E05999999");
  absl::Status status =
      call([&](auto& c, auto& r) { return routing->RegisterCouncil(&c, council, &r); });
  status.Update(call([&](auto& c, auto& r) { return routing->RegisterWard(&c, ward, &r); }));
  status.Update(call([&](auto& c, auto& r) { return routing->CreateTeam(&c, team, &r); }));
  return status;
}

/// Waits until every service has read everything; the wait tells how far the reactions were behind.
absl::Duration Settle(const std::shared_ptr<grpc::Channel>& channel) {
  auto journal = journal::v1::JournalService::NewStub(channel);
  absl::Time start = absl::Now();
  for (int settled = 0; settled < 3;) {
    grpc::ClientContext context;
    journal::v1::GetProgressResponse progress;
    if (!journal->GetProgress(&context, {}, &progress).ok()) break;
    settled = progress.settled() ? settled + 1 : 0;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return absl::Now() - start;
}

class Bench {
 public:
  Bench(const Flags& flags, const ServerProcess& server, const ServerProcess& echo)
      : flags_(flags),
        server_(server),
        echo_server_(echo),
        channel_(grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials())),
        intake_(intake::v1::IntakeService::NewStub(channel_)),
        insight_(insight::v1::InsightService::NewStub(channel_)),
        echo_(intake::v1::IntakeService::NewStub(
            grpc::CreateChannel(echo.address(), grpc::InsecureChannelCredentials()))) {}

  absl::Status Prepare() {
    absl::Status status = PreparePlace(channel_);
    if (!status.ok()) return status;
    Settle(channel_);
    Warm();
    return status;
  }

  void LogCall64() {
    std::vector<double> ours, limits, ratios, cpu, cpu_of_echo;
    for (int round = 0; round < flags_.rounds; ++round) {
      absl::Duration before = echo_server_.Cpu();
      limits.push_back(ClosedLoop(*echo_, 64, length_, request_).per_second);
      cpu_of_echo.push_back(CpuACall(echo_server_.Cpu() - before, limits.back()));
      before = server_.Cpu();
      ours.push_back(ClosedLoop(*intake_, 64, length_, request_).per_second);
      cpu.push_back(CpuACall(server_.Cpu() - before, ours.back()));
      ratios.push_back(ours.back() / limits.back());
      Settle(channel_);
    }
    Print(flags_, "log_call_64", Median(ours), "calls/s", Median(limits), Median(ratios),
          "of gRPC echo; wanted at least 0.40");
    Print(flags_, "log_call_64_cpu", Median(cpu), "us a call", Median(cpu_of_echo),
          Median(cpu) / Median(cpu_of_echo), "the server's processor time, beside the echo's");
  }

  void LogCall1() {
    std::vector<double> ours, limits, ratios;
    for (int round = 0; round < flags_.rounds; ++round) {
      absl::Duration echo = ClosedLoop(*echo_, 1, length_, request_).p50;
      absl::Duration sync = RawSync(flags_.folder, length_);
      ours.push_back(absl::ToDoubleMicroseconds(ClosedLoop(*intake_, 1, length_, request_).p50));
      limits.push_back(absl::ToDoubleMicroseconds(echo + sync));
      ratios.push_back(ours.back() / limits.back());
      Settle(channel_);
    }
    Print(flags_, "log_call_1_p50", Median(ours), "us", Median(limits), Median(ratios),
          "of echo p50 + fdatasync p50; wanted at most 1.5");
  }

  void GroupCommit16() {
    std::vector<double> ours, limits, ratios;
    for (int round = 0; round < flags_.rounds; ++round) {
      limits.push_back(RawSyncedWrites(flags_.folder, length_));
      ours.push_back(ClosedLoop(*intake_, 16, length_, request_).per_second);
      ratios.push_back(ours.back() / limits.back());
      Settle(channel_);
    }
    Print(flags_, "group_commit_16", Median(ours), "calls/s", Median(limits), Median(ratios),
          "of single synced writes; wanted at least 3.5");
  }

  void ReactionP99() {
    // What the whole road from call to problem keeps up with: calls logged, over the time until the
    // last of them is a problem.
    absl::Time start = absl::Now();
    Seen peak = ClosedLoop(*intake_, 64, length_, SampleCall(/*imported=*/true));
    double logged = peak.per_second * absl::ToDoubleSeconds(length_);
    Settle(channel_);
    double capacity = logged / absl::ToDoubleSeconds(absl::Now() - start);
    Seen seen =
        OpenLoopToProblem(*intake_, *insight_, capacity / 2, length_ * 3, /*sample_every=*/20);
    double p99 = absl::ToDoubleMilliseconds(seen.p99);
    double wanted_ms = flags_.kafka.empty() ? 100 : 150;
    Print(flags_, flags_.kafka.empty() ? "reaction_p99" : "kafka_reaction_p99", p99, "ms",
          wanted_ms, p99 / wanted_ms,
          absl::StrCat("call logged to problem in the queue, at half of ",
                       static_cast<int>(capacity), " calls/s; wanted at most ", wanted_ms, " ms"));
  }

 private:
  void Warm() {
    ClosedLoop(*echo_, 64, absl::Seconds(1), request_);
    ClosedLoop(*intake_, 64, absl::Seconds(1), request_);
    Settle(channel_);
  }

  double CpuACall(absl::Duration used, double calls_a_second) const {
    return absl::ToDoubleMicroseconds(used) / (calls_a_second * absl::ToDoubleSeconds(length_));
  }

  const Flags& flags_;
  const ServerProcess& server_;
  const ServerProcess& echo_server_;
  const absl::Duration length_ = absl::Seconds(flags_.seconds);
  const intake::v1::LogCallRequest request_ = SampleCall(/*imported=*/false);
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<intake::v1::IntakeService::Stub> intake_;
  std::unique_ptr<insight::v1::InsightService::Stub> insight_;
  std::unique_ptr<intake::v1::IntakeService::Stub> echo_;
};

/// What Kafka adds, beside raw produce to the same brokers.
int RunKafka(const Flags& flags, const std::string& self) {
  constexpr int kBatch = 256;
  std::filesystem::remove_all(flags.folder);
  std::filesystem::create_directories(flags.folder);
  absl::StatusOr<KafkaRates> rates = MeasureKafka(flags.kafka, flags.folder, flags.rounds, kBatch);
  if (!rates.ok()) {
    std::fprintf(stderr, "bench: %s\n", std::string(rates.status().message()).c_str());
    return 1;
  }
  Print(flags, "kafka_append_p50", rates->append_us, "us", rates->raw_us,
        rates->append_us / rates->raw_us, "of raw produce; wanted at most 1.3");
  Print(flags, "kafka_append_256", rates->appends_a_second, "records/s", rates->raw_a_second,
        rates->appends_a_second / rates->raw_a_second,
        "of raw produce in batches as large; wanted at least 0.6");

  std::string address = absl::StrCat("127.0.0.1:", 27'000 + getpid() % 1000);
  auto server = ServerProcess::Start({flags.server, "--data", flags.folder + "/data", "--listen",
                                      address, "--kafka", flags.kafka});
  auto echo = ServerProcess::Start({self, "--echo"});
  if (!server.ok() || !echo.ok()) return 1;
  Bench bench(flags, *server, *echo);
  absl::Status prepared = absl::UnavailableError("");
  for (int look = 0; absl::IsUnavailable(prepared) && look < 300; ++look) {
    prepared = bench.Prepare();
    absl::SleepFor(absl::Milliseconds(100));
  }
  if (!prepared.ok()) {
    std::fprintf(stderr, "bench: %s\n", std::string(prepared.message()).c_str());
    return 1;
  }
  bench.ReactionP99();
  return 0;
}

/// What TLS, tokens and the table of permissions cost. After the other servers have gone.
int RunIdentity(const Flags& flags) {
  const std::string folder = flags.folder + "/identity";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  absl::StatusOr<IdentityRates> rates =
      MeasureIdentity({flags.server, folder, flags.rounds, absl::Seconds(flags.seconds),
                       PreparePlace, [](const auto& channel) { Settle(channel); }});
  if (!rates.ok()) {
    std::fprintf(stderr, "bench: %s\n", std::string(rates.status().message()).c_str());
    return 1;
  }
  Print(flags, "identity", rates->tokens, "calls/s", rates->trusted, rates->ratio,
        "with TLS and tokens, of without either; wanted at least 0.7");
  return 0;
}

/// How long the console's pages take with many calls in the store.
int RunConsole(const Flags& flags) {
  const std::string folder = flags.folder + "/console";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  absl::StatusOr<ConsoleTimes> times =
      MeasureConsole({flags.server, folder, flags.rounds, absl::Seconds(flags.seconds),
                      PreparePlace, [](const auto& channel) { Settle(channel); }},
                     flags.calls, kLooks);
  if (!times.ok()) {
    std::fprintf(stderr, "bench: %s\n", std::string(times.status().message()).c_str());
    return 1;
  }
  const double raw = absl::ToDoubleMilliseconds(times->raw_p99);
  for (const PageTime& page : times->pages) {
    const double p99 = absl::ToDoubleMilliseconds(page.p99);
    Print(flags, "console_" + page.name, p99, "ms p99", raw, p99 / raw,
          absl::StrCat(page.bytes / 1000, " KB, at ", times->calls,
                       " calls, of GetCallStory by gRPC; wanted at most 50 ms"));
  }
  return 0;
}

int Run(const Flags& flags, const std::string& self) {
  std::filesystem::remove_all(flags.folder);
  std::filesystem::create_directories(flags.folder);
  auto server = ServerProcess::Start({flags.server, "--data", flags.folder + "/data", "--listen",
                                      "127.0.0.1:0", "--identity", "trusted"});
  auto echo = ServerProcess::Start({self, "--echo"});
  if (!server.ok() || !echo.ok()) {
    std::fprintf(stderr, "bench: %s\n",
                 std::string((server.ok() ? echo : server).status().message()).c_str());
    return 1;
  }
  absl::SleepFor(absl::Seconds(1));
  double idle_mb = static_cast<double>(server->Memory()) / 1e6;
  Print(flags, "idle_memory", idle_mb, "MB", 100, idle_mb / 100, "wanted under 100 MB");
  double start_ms = absl::ToDoubleMilliseconds(server->start_time());
  Print(flags, "start_empty", start_ms, "ms", 1000, start_ms / 1000, "wanted under 1 s");

  Bench bench(flags, *server, *echo);
  if (absl::Status status = bench.Prepare(); !status.ok()) {
    std::fprintf(stderr, "bench: %s\n", std::string(status.message()).c_str());
    return 1;
  }
  auto wanted = [&](const char* name) { return flags.only.empty() || flags.only == name; };
  if (wanted("log_call_64")) bench.LogCall64();
  if (wanted("log_call_1_p50")) bench.LogCall1();
  if (wanted("group_commit_16")) bench.GroupCommit16();
  if (wanted("reaction_p99")) bench.ReactionP99();
  if (!wanted("rebuild")) return 0;
  RebuildRates rates = MeasureRebuild(flags.folder, flags.events, flags.rounds);
  Print(flags, "rebuild", rates.rebuild, "events/s", rates.scan_and_put,
        rates.rebuild / rates.scan_and_put, "of raw scan-and-put; wanted at least 0.5");
  return 0;
}

}  // namespace
}  // namespace ccfa::bench

int main(int argc, char** argv) {
  ccfa::bench::Flags flags;
  bool echo = false;
  std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  flags.server = std::filesystem::path(self).replace_filename("ccfa-all").string();
  CLI::App app("ccfa-bench: our figures beside the machine's own limits");
  app.add_flag("--json", flags.json, "One object a line");
  app.add_option("--seconds", flags.seconds, "Length of one measurement")->capture_default_str();
  app.add_option("--rounds", flags.rounds, "Interleaved rounds; the median counts")
      ->capture_default_str();
  app.add_option("--events", flags.events, "Events that are folded again")->capture_default_str();
  app.add_option("--calls", flags.calls, "Calls there are when pages are looked at")
      ->capture_default_str();
  app.add_option("--folder", flags.folder, "Where it writes; emptied first")->capture_default_str();
  app.add_option("--only", flags.only, "Only the figure of this name");
  app.add_option("--kafka", flags.kafka,
                 "HOST:PORT,... of three brokers: only the figures of the journal on Kafka");
  app.add_flag("--echo", echo, "Only serve the raw gRPC echo");
  CLI11_PARSE(app, argc, argv);
  if (echo) return ccfa::bench::ServeEcho();
  if (!flags.kafka.empty()) return ccfa::bench::RunKafka(flags, self);
  const bool all = flags.only.empty();
  int failed = 0;
  if (flags.only != "identity" && flags.only != "console") failed = ccfa::bench::Run(flags, self);
  if (failed == 0 && (all || flags.only == "identity")) failed = ccfa::bench::RunIdentity(flags);
  if (failed == 0 && (all || flags.only == "console")) failed = ccfa::bench::RunConsole(flags);
  return failed;
}
