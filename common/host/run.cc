#include "common/host/run.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/match.h"
#include "common/calendar/bank_holidays.h"
#include "common/core/refusal.h"
#include "common/engine/acts.h"
#include "common/engine/runner.h"
#include "common/host/cluster_service.h"
#include "common/host/council_files.h"
#include "common/host/flags.h"
#include "common/host/gauges.h"
#include "common/host/identity.h"
#include "common/host/neighbours.h"
#include "common/host/people_keys.h"
#include "common/journal/kafka_reach.h"
#include "common/journal/kafka_topic.h"
#include "common/rpc/credentials.h"
#include "common/rpc/grpc_log.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/server.h"
#include "common/telemetry/log.h"

namespace ccfa::host {
namespace {

constexpr absl::Duration kLookAfterEvery = absl::Seconds(1);
constexpr absl::Duration kLookWhileStarting = absl::Milliseconds(50);
constexpr absl::Duration kDrainPatience = absl::Seconds(10);

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

/// Waits so long at most until one of the signals asks the process to end.
bool IsAsked(const sigset_t& signals, absl::Duration wait) {
  const timespec longest = absl::ToTimespec(wait);
  return sigtimedwait(&signals, nullptr, &longest) > 0;
}

/// The topics that these services write or read.
std::vector<std::string> TopicsOf(const Host::Services& services) {
  std::vector<std::string> topics;
  for (const auto& service : services) {
    if (!service->description().topic.empty()) topics.push_back(service->description().topic);
    for (const std::string& source : service->description().sources) topics.push_back(source);
  }
  return topics;
}

/// The Kafka that the flags name, with the topics made where they are missing and looked at where
/// they are there; none without --kafka.
absl::StatusOr<std::optional<Host::Kafka>> PrepareKafka(const Flags& flags,
                                                        const Host::Services& services,
                                                        const sigset_t& signals) {
  if (flags.kafka.empty()) return std::nullopt;
  Host::Kafka kafka;
  absl::StatusOr<journal::KafkaSettings> settings = KafkaSettingsOf(flags);
  if (!settings.ok()) return settings.status();
  kafka.settings = *std::move(settings);
  absl::StatusOr<Share> share = ShareOf(flags);
  if (!share.ok()) return share.status();
  kafka.is_first = [share = *share](int partition) { return share.Has(partition); };
  kafka.address = flags.address.empty() ? flags.listen : flags.address;
  if (flags.tls.on() && flags.tls.ca.empty())
    return InvalidField("--tls-ca", "is required with --kafka: by it processes verify each other");
  if (absl::Status names = rpc::CheckNames(flags.tls, kafka.address); !names.ok()) return names;
  if (absl::EndsWith(kafka.address, ":0"))
    return absl::InvalidArgumentError("--address: with --kafka the port must be known beforehand");
  auto neighbours = std::make_shared<Neighbours>(rpc::ChannelCredentials(flags.tls));
  kafka.has = [neighbours](const std::string& address, const std::string& topic, int partition) {
    return neighbours->Has(address, topic, partition);
  };
  absl::Status there = journal::AwaitKafka(kafka.settings, [&] { return IsAsked(signals, {}); });
  absl::StatusOr<int> partitions =
      there.ok() ? journal::PrepareTopics(kafka.settings, TopicsOf(services),
                                          {flags.partitions, flags.replication})
                 : there;
  if (!partitions.ok()) {
    return absl::Status(partitions.status().code(),
                        absl::StrCat("--kafka: ", partitions.status().message()));
  }
  kafka.partitions = *partitions;
  return kafka;
}

/// Looks after the process once a second until a signal asks it to end: keeps the health service,
/// the owner table and the gauges true, applies the councils' files, and opens the storage again
/// after it failed.
void LookAfter(Host& host, rpc::Server& server, Gauges& gauges, CouncilFiles& files,
               const sigset_t& signals) {
  // Until every service has read its journal.
  bool serving = false, starting = true;
  server.SetServing("", serving);
  while (true) {
    if (IsAsked(signals, starting ? kLookWhileStarting : kLookAfterEvery)) return;
    for (state::Database* database : host.databases()) {
      absl::Status failure = database->failure();
      if (failure.ok()) continue;
      absl::Status reopened = database->Reopen();
      telemetry::Log(telemetry::Level::kError,
                     reopened.ok() ? "storage_reopened" : "storage_failed",
                     {{"why", std::string(failure.message())}});
    }
    starting = false;
    for (engine::Stepper* stepper : host.steppers())
      starting |= ReasonOf(stepper->Health()) == "STARTING";
    const bool sound = host.IsSound();
    if (sound != serving) {
      server.SetServing("", sound);
      telemetry::Log(telemetry::Level::kWarning, sound ? "serving" : "not_serving");
      serving = sound;
    }
    host.Announce();
    host.LookAfter();
    files.Apply(host);
    gauges.Update(host);
  }
}

absl::Status Serve(const Flags& flags, const Program& program) {
  // Before any thread starts: they inherit the mask, and the signals wait for LookAfter.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  absl::StatusOr<std::optional<privacy::MasterKeys>> master = ReadMasterKeys(flags);
  if (!master.ok()) return master.status();
  rpc::LogGrpc();
  SystemTime time;
  absl::Status tls = rpc::CheckTls(flags.tls, TlsNeedsOf(flags.identity));
  if (tls.ok()) tls = rpc::CheckReach(flags.listen, flags.tls);
  if (!tls.ok()) return tls;
  absl::StatusOr<calendar::Calendar> calendar = LoadCalendar(flags);
  if (!calendar.ok()) return calendar.status();
  std::error_code made;
  std::filesystem::create_directories(flags.data, made);
  if (made)
    return absl::UnavailableError(
        absl::StrCat("--data: cannot make ", flags.data, ": ", made.message()));
  absl::StatusOr<std::unique_ptr<Identity>> identity =
      Identity::Open(flags.identity, flags.tls, flags.data, time);
  if (!identity.ok()) return identity.status();
  absl::StatusOr<CouncilFiles> files = CouncilFiles::Read(flags.config);
  if (!files.ok()) return files.status();
  Host::Services services = program.services();
  absl::StatusOr<std::optional<Host::Kafka>> kafka = PrepareKafka(flags, services, signals);
  if (absl::IsCancelled(kafka.status())) return absl::OkStatus();
  if (!kafka.ok()) return kafka.status();
  absl::StatusOr<std::unique_ptr<privacy::Vault>> vault =
      OpenVault(flags, *std::move(master), services, *kafka);
  if (!vault.ok()) return vault.status();
  Gauges gauges;
  Host::Options options;
  options.data = flags.data;
  options.kafka = *kafka;
  options.partitions = flags.partitions;
  options.vault = vault->get();
  options.has_accounts = (*identity)->rpcs() != nullptr;
  if (!flags.metrics.empty()) {
    if (absl::Status status = gauges.Serve(flags.metrics); !status.ok()) return status;
    options.appended = [&](const std::string& topic, absl::Duration took) {
      gauges.Appended(topic, took);
    };
  }
  absl::StatusOr<std::unique_ptr<Host>> host =
      Host::Open(std::move(options), std::move(services), time, *calendar);
  if (!host.ok()) return host.status();

  // Outlives the runners, whose last turns still answer.
  engine::Answerer answerer;
  for (engine::Engine* engine : (*host)->engines()) engine->AnswerOn(&answerer);
  std::vector<std::unique_ptr<engine::Runner>> runners;
  std::vector<engine::Runner*> running;
  for (engine::Stepper* stepper : (*host)->steppers()) {
    runners.push_back(std::make_unique<engine::Runner>(*stepper, time));
    running.push_back(runners.back().get());
  }
  std::vector<std::unique_ptr<grpc::Service>> rpcs = (*host)->MakeRpcs();
  const engine::Acts acts((*host)->engines());
  (*identity)->RecordActsIn(acts);
  rpc::JournalService journal_service((*host)->journals(), running, acts);
  ClusterService cluster_service(**host);
  std::vector<grpc::Service*> answering = {&journal_service, &cluster_service};
  for (const auto& service : rpcs) answering.push_back(service.get());
  if ((*identity)->rpcs() != nullptr) answering.push_back((*identity)->rpcs());
  absl::StatusOr<std::unique_ptr<rpc::Server>> server =
      rpc::Server::Start(flags.listen, flags.tls, (*identity)->gate(), answering);
  if (!server.ok()) return server.status();
  std::unique_ptr<Front> front;
  if (!flags.front.http.empty()) {
    absl::StatusOr<std::unique_ptr<Front>> started = program.start_front(
        {flags.front, flags.tls, flags.identity, (*server)->InProcessChannel(), time});
    if (!started.ok()) return started.status();
    front = *std::move(started);
  }
  telemetry::Log(telemetry::Level::kInfo, "started",
                 {{"port", (*server)->port()}, {"data", flags.data}, {"tls", flags.tls.on()}});

  LookAfter(**host, **server, gauges, *files, signals);
  telemetry::Log(telemetry::Level::kInfo, "draining");
  if (front) front->Drain(kDrainPatience);
  (*server)->Drain(kDrainPatience);
  (*host)->Release();
  runners.clear();
  telemetry::Log(telemetry::Level::kInfo, "stopped");
  return absl::OkStatus();
}

}  // namespace

int Main(int argc, char** argv, const Program& program) {
  std::optional<int> exit_code;
  Flags flags = ParseFlags(argc, argv, program.name, program.what_it_is,
                           {program.needs_kafka, program.start_front != nullptr}, exit_code);
  if (exit_code) return *exit_code;
  absl::Status status = Serve(flags, program);
  if (status.ok()) return 0;
  std::cerr << program.name << ": " << status.message() << "\n";
  return 1;
}

}  // namespace ccfa::host
