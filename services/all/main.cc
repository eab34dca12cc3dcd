// Every service of the Community Call for Action in one process on the embedded journal: what one
// council needs on one small machine.

#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/calendar/bank_holidays.h"
#include "common/calendar/calendar.h"
#include "common/core/clock.h"
#include "common/core/refusal.h"
#include "common/engine/runner.h"
#include "common/journal/kafka_topic.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/server.h"
#include "common/telemetry/log.h"
#include "services/all/gauges.h"
#include "services/all/host.h"

namespace ccfa::all {
namespace {

constexpr absl::Duration kLookAfterEvery = absl::Seconds(1);
constexpr absl::Duration kLookWhileStarting = absl::Milliseconds(50);
constexpr absl::Duration kDrainPatience = absl::Seconds(10);
constexpr absl::Duration kAnswerPatience = absl::Milliseconds(300);

struct Flags {
  std::string data;
  std::string listen = "127.0.0.1:7400";
  std::string metrics;
  std::string bank_holidays;
  std::string nation = "england-and-wales";
  std::string kafka;
  std::vector<std::string> kafka_settings;
  std::string address;
  int replication = 3;
};

absl::StatusOr<calendar::Calendar> LoadCalendar(const Flags& flags) {
  if (flags.bank_holidays.empty()) {
    telemetry::Log(telemetry::Level::kWarning, "no_bank_holidays",
                   {{"effect", "only weekends are no working days; pass --bank-holidays FILE"}});
    return calendar::Calendar::Create(calendar::BankHolidays::None());
  }
  std::ifstream file(flags.bank_holidays, std::ios::binary);
  std::stringstream json;
  json << file.rdbuf();
  if (!file)
    return absl::NotFoundError(absl::StrCat("--bank-holidays: cannot read ", flags.bank_holidays));
  auto holidays = calendar::BankHolidays::Parse(json.str(), flags.nation);
  if (!holidays.ok()) return holidays.status();
  return calendar::Calendar::Create(*std::move(holidays));
}

/// The Kafka that the flags name, with the topics made where they are missing; none without
/// --kafka.
absl::StatusOr<std::optional<Host::Kafka>> PrepareKafka(const Flags& flags) {
  if (flags.kafka.empty()) return std::nullopt;
  Host::Kafka kafka;
  kafka.settings["bootstrap.servers"] = flags.kafka;
  for (const std::string& setting : flags.kafka_settings) {
    std::pair<std::string, std::string> parts = absl::StrSplit(setting, absl::MaxSplits('=', 1));
    kafka.settings[parts.first] = parts.second;
  }
  kafka.address = flags.address.empty() ? flags.listen : flags.address;
  if (absl::EndsWith(kafka.address, ":0"))
    return absl::InvalidArgumentError("--address: with --kafka the port must be known beforehand");
  kafka.answers = [](const std::string& address) { return rpc::Answers(address, kAnswerPatience); };
  for (const char* topic : {intake::kTopic, routing::kTopic, sara::kTopic, scrutiny::kTopic}) {
    absl::Status made = journal::CreateTopic(kafka.settings, topic, 1, flags.replication);
    if (!made.ok()) return absl::Status(made.code(), absl::StrCat("--kafka: ", made.message()));
  }
  return kafka;
}

/// Looks after the process once a second until a signal asks it to end: keeps the health service
/// and the gauges true, and opens the storage again after it failed.
void LookAfter(Host& host, rpc::Server& server, Gauges& gauges, const sigset_t& signals) {
  // Until every service has read its journal, and while another process has them.
  bool serving = false, starting = true;
  server.SetServing("", serving);
  while (true) {
    timespec wait = absl::ToTimespec(starting ? kLookWhileStarting : kLookAfterEvery);
    if (sigtimedwait(&signals, nullptr, &wait) > 0) return;
    for (state::Database* database : host.databases()) {
      absl::Status failure = database->failure();
      if (failure.ok()) continue;
      absl::Status reopened = database->Reopen();
      telemetry::Log(telemetry::Level::kError,
                     reopened.ok() ? "storage_reopened" : "storage_failed",
                     {{"why", std::string(failure.message())}});
    }
    starting = false;
    bool healthy = true;
    for (engine::Stepper* stepper : host.steppers()) {
      std::string reason = ReasonOf(stepper->Health());
      healthy &= stepper->Health().ok();
      starting |= reason == "STARTING" || reason == "OWNED_ELSEWHERE";
    }
    if (healthy != serving) {
      server.SetServing("", healthy);
      telemetry::Log(telemetry::Level::kWarning, healthy ? "serving" : "not_serving");
      serving = healthy;
    }
    gauges.Update(host);
  }
}

absl::Status Serve(const Flags& flags) {
  // Before any thread starts: they inherit the mask, and the signals wait for LookAfter.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  if (absl::Status status = rpc::CheckLoopback(flags.listen); !status.ok()) return status;
  absl::StatusOr<calendar::Calendar> calendar = LoadCalendar(flags);
  if (!calendar.ok()) return calendar.status();
  std::error_code made;
  std::filesystem::create_directories(flags.data, made);
  if (made)
    return absl::UnavailableError(
        absl::StrCat("--data: cannot make ", flags.data, ": ", made.message()));
  SystemTime time;
  absl::StatusOr<std::optional<Host::Kafka>> kafka = PrepareKafka(flags);
  if (!kafka.ok()) return kafka.status();
  absl::StatusOr<std::unique_ptr<Host>> host =
      Host::Open({flags.data, nullptr, *std::move(kafka)}, time, *calendar);
  if (!host.ok()) return host.status();

  Gauges gauges;
  if (!flags.metrics.empty()) {
    if (absl::Status status = gauges.Serve(flags.metrics); !status.ok()) return status;
  }
  // Outlives the runners, whose last turns still answer.
  engine::Answerer answerer;
  for (engine::Engine* engine : (*host)->engines()) engine->AnswerOn(&answerer);
  std::vector<std::unique_ptr<engine::Runner>> runners;
  std::vector<engine::Runner*> running;
  for (engine::Stepper* stepper : (*host)->steppers()) {
    runners.push_back(std::make_unique<engine::Runner>(*stepper, time));
    running.push_back(runners.back().get());
  }
  rpc::JournalService journal_service((*host)->journals(), running);
  std::vector<grpc::Service*> services = (*host)->services();
  services.push_back(&journal_service);
  absl::StatusOr<std::unique_ptr<rpc::Server>> server = rpc::Server::Start(flags.listen, services);
  if (!server.ok()) return server.status();
  telemetry::Log(telemetry::Level::kInfo, "started",
                 {{"port", (*server)->port()}, {"data", flags.data}});

  LookAfter(**host, **server, gauges, signals);
  telemetry::Log(telemetry::Level::kInfo, "draining");
  (*server)->Drain(kDrainPatience);
  (*host)->Release();
  runners.clear();
  telemetry::Log(telemetry::Level::kInfo, "stopped");
  return absl::OkStatus();
}

}  // namespace
}  // namespace ccfa::all

int main(int argc, char** argv) {
  ccfa::all::Flags flags;
  CLI::App app("ccfa-all: every service of the Community Call for Action in one process");
  app.add_option("--data", flags.data,
                 "Folder of the journals and tables; made when it is not there")
      ->required();
  app.add_option("--listen", flags.listen,
                 "HOST:PORT of the gRPC server; loopback only, port 0 takes a free one")
      ->capture_default_str();
  app.add_option("--metrics", flags.metrics,
                 "HOST:PORT of the Prometheus endpoint /metrics; none when left out");
  app.add_option("--bank-holidays", flags.bank_holidays,
                 "Bank holidays in gov.uk's JSON; without it only weekends are off");
  app.add_option("--nation", flags.nation, "Division of the bank holidays")
      ->check(CLI::IsMember({"england-and-wales", "scotland", "northern-ireland"}))
      ->capture_default_str();
  app.add_option("--kafka", flags.kafka,
                 "HOST:PORT,... of Apache Kafka, which then keeps the journals; several such "
                 "processes share the work of one: one answers, the others stand by");
  app.add_option("--kafka-setting", flags.kafka_settings,
                 "NAME=VALUE of librdkafka, such as security.protocol=ssl; repeatable")
      ->check([](const std::string& setting) {
        return setting.find('=') == std::string::npos ? "expected NAME=VALUE" : "";
      });
  app.add_option("--address", flags.address,
                 "HOST:PORT at which the others find this process; that of --listen when left out");
  app.add_option("--replication", flags.replication, "Replicas of a topic that is made")
      ->check(CLI::Range(1, 15))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  absl::Status status = ccfa::all::Serve(flags);
  if (status.ok()) return 0;
  std::cerr << "ccfa-all: " << status.message() << "\n";
  return 1;
}
