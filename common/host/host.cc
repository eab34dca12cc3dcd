#include "common/host/host.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/journal/embedded_facts.h"
#include "common/journal/timed.h"

namespace ccfa::host {
namespace {

using Opened = std::unique_ptr<state::Database>;

}  // namespace

std::string TablesOf(int partition) {
  return absl::StrCat("tables-", partition);
}

absl::StatusOr<std::unique_ptr<Host>> Host::Open(Options options, Services services,
                                                 const TimeSource& time,
                                                 const calendar::Calendar& calendar) {
  std::unique_ptr<Host> host(new Host(std::move(options), std::move(services)));
  absl::Status status = host->OpenDatabases();
  if (status.ok()) status = host->OpenJournals();
  if (!status.ok()) return status;
  host->AddPartitions(time, calendar);
  for (engine::Stepper* stepper : host->steppers()) {
    if (status = stepper->Prepare(); !status.ok()) return status;
  }
  if (host->kafka_partitions_) status = host->kafka_partitions_->Start();
  if (!status.ok()) return status;
  return host;
}

Host::Host(Options options, Services services)
    : options_(std::move(options)), services_(std::move(services)) {}

Host::~Host() {
  // Its threads ring the engines, which go first.
  if (kafka_partitions_) kafka_partitions_->Stop();
}

std::vector<std::string> Host::Topics() const {
  std::vector<std::string> topics;
  auto add = [&](const std::string& topic) {
    if (!topic.empty() && std::find(topics.begin(), topics.end(), topic) == topics.end())
      topics.push_back(topic);
  };
  for (const auto& service : services_) add(service->description().topic);
  for (const auto& service : services_) {
    for (const std::string& source : service->description().sources) add(source);
  }
  return topics;
}

bool Host::Writes(const std::string& topic) const {
  return std::any_of(services_.begin(), services_.end(),
                     [&](const auto& service) { return service->description().topic == topic; });
}

absl::Status Host::OpenDatabases() {
  rocksdb::Env* env = options_.env ? options_.env.get() : rocksdb::Env::Default();
  absl::Status status = state::FromRocks(env->CreateDirIfMissing(options_.data));
  if (!status.ok()) return status;
  absl::StatusOr<Opened> opened = state::Database::Open(
      {options_.data + "/journals", Topics(), state::Holds::kJournals, options_.env});
  if (!opened.ok()) return opened.status();
  journal_database_ = *std::move(opened);
  if (status = LookAtJournals(); !status.ok()) return status;
  std::vector<std::string> families;
  for (int i = 0; i < partitions_; ++i) families.push_back(TablesOf(i));
  for (const auto& service : services_) {
    opened = state::Database::Open({absl::StrCat(options_.data, "/", service->description().name),
                                    families, state::Holds::kTables, options_.env});
    if (!opened.ok()) return opened.status();
    databases_.push_back(*std::move(opened));
  }
  return absl::OkStatus();
}

absl::Status Host::LookAtJournals() {
  state::Database& database = *journal_database_;
  absl::Status sound = journal::CheckFinished(database, options_.data);
  if (!sound.ok()) return sound;
  if (options_.kafka) {
    partitions_ = options_.kafka->partitions;
    return journal::CheckHoldsKafkaCopies(database, Topics(), options_.data);
  }
  if (sound = journal::CheckHoldsJournals(database, options_.data); !sound.ok()) return sound;
  absl::StatusOr<int> there = journal::PartitionsOf(database, Topics());
  if (!there.ok()) return there.status();
  const int wanted = options_.partitions;
  if (*there != 0 && wanted != 0 && wanted != *there) {
    return absl::FailedPreconditionError(
        absl::StrCat("--partitions: the journals in ", options_.data, " have ", *there,
                     ", and their number never changes; start without the flag, or with ", *there));
  }
  partitions_ = std::max({*there, wanted, 1});
  return *there == 0 && partitions_ > 1 ? journal::SetPartitions(database, partitions_)
                                        : absl::OkStatus();
}

absl::Status Host::OpenEmbedded() {
  for (const std::string& topic : Topics()) {
    for (int i = 0; i < partitions_; ++i) {
      absl::StatusOr<uint64_t> epoch = journal::EpochOf(*journal_database_, topic, i);
      if (!epoch.ok()) return epoch.status();
      journals_[topic].push_back(
          Timed(std::make_unique<journal::EmbeddedJournal>(*journal_database_, topic, i, *epoch)));
    }
  }
  return absl::OkStatus();
}

absl::Status Host::OpenJournals() {
  if (!options_.kafka) return OpenEmbedded();
  const Kafka& kafka = *options_.kafka;
  absl::StatusOr<std::unique_ptr<journal::KafkaPartitions>> opened =
      journal::KafkaPartitions::Create({kafka.settings, kafka.address, kafka.has, kafka.is_first},
                                       *journal_database_);
  if (!opened.ok()) return opened.status();
  kafka_partitions_ = *std::move(opened);
  absl::StatusOr<std::unique_ptr<journal::KafkaOwners>> owners =
      journal::KafkaOwners::Open(kafka.settings);
  if (!owners.ok()) return owners.status();
  owners_ = *std::move(owners);
  kafka_partitions_->Follow(*owners_);
  for (journal::KafkaFollower* follower : kafka.followers) kafka_partitions_->Follow(*follower);
  for (const std::string& topic : Topics()) {
    for (int i = 0; i < kafka.partitions; ++i) {
      absl::StatusOr<std::unique_ptr<journal::KafkaJournal>> journal =
          kafka_partitions_->Open(topic, i, Writes(topic));
      if (!journal.ok()) return journal.status();
      kafka_journals_.push_back(journal->get());
      journals_[topic].push_back(Timed(*std::move(journal)));
    }
  }
  return absl::OkStatus();
}

std::unique_ptr<journal::Journal> Host::Timed(std::unique_ptr<journal::Journal> journal) const {
  if (!options_.appended) return journal;
  std::string topic = journal->topic();
  return std::make_unique<journal::TimedJournal>(
      std::move(journal), [appended = options_.appended, topic = std::move(topic)](
                              absl::Duration took) { appended(topic, took); });
}

void Host::AddPartitions(const TimeSource& time, const calendar::Calendar& calendar) {
  for (size_t service = 0; service < services_.size(); ++service) {
    for (int i = 0; i < partitions_; ++i) {
      Ground ground{{},          {},   partitions_, *databases_[service],
                    TablesOf(i), time, calendar,    options_.vault ? *options_.vault : closed_};
      for (const auto& [topic, journals] : journals_) ground.journals[topic] = journals[i].get();
      const Service::Description& what = services_[service]->description();
      for (int other = 0; what.crosses && other < partitions_; ++other) {
        if (other != i) ground.across.push_back(journals_.at(what.topic)[other].get());
      }
      services_[service]->AddPartition(ground);
    }
  }
}

std::vector<state::Database*> Host::databases() {
  std::vector<state::Database*> all = {journal_database_.get()};
  for (const auto& database : databases_) all.push_back(database.get());
  return all;
}

state::Database& Host::database(const std::string& name) {
  size_t i = 0;
  while (services_[i]->description().name != name) ++i;
  return *databases_[i];
}

std::vector<engine::Stepper*> Host::steppers() {
  std::vector<engine::Stepper*> all;
  for (const auto& service : services_) {
    for (engine::Stepper* stepper : service->steppers()) all.push_back(stepper);
  }
  return all;
}

std::vector<engine::Engine*> Host::engines() {
  std::vector<engine::Engine*> all;
  for (const auto& service : services_) {
    for (engine::Engine* engine : service->engines()) all.push_back(engine);
  }
  return all;
}

Service& Host::Find(const std::string& name) const {
  return **std::find_if(services_.begin(), services_.end(),
                        [&](const auto& one) { return one->description().name == name; });
}

engine::Engine& Host::engine(const std::string& service, int partition) {
  return *Find(service).engines()[partition];
}

engine::Projector& Host::projector(const std::string& service, int partition) {
  return *Find(service).projectors()[partition];
}

std::vector<journal::Journal*> Host::journals() {
  std::vector<journal::Journal*> all;
  for (const std::string& topic : Topics()) {
    for (const auto& journal : journals_.at(topic)) all.push_back(journal.get());
  }
  return all;
}

std::vector<std::unique_ptr<grpc::Service>> Host::MakeRpcs() {
  std::vector<std::unique_ptr<grpc::Service>> rpcs;
  for (const auto& service : services_) {
    rpcs.push_back(service->MakeRpcs());
    if (auto more = service->MakeMoreRpcs()) rpcs.push_back(std::move(more));
  }
  return rpcs;
}

template <class Member>
Member Host::Myself() const {
  Member myself;
  if (options_.kafka) myself.set_address(options_.kafka->address);
  for (const auto& service : services_) myself.add_services(service->description().name);
  if (options_.has_accounts) myself.add_services("identity");
  return myself;
}

bool Host::IsSound() const {
  for (const auto& service : services_) {
    for (const engine::Stepper* stepper : service->steppers()) {
      absl::Status health = stepper->Health();
      // What others have, it stands by for.
      if (!health.ok() && OwnerOf(health).empty()) return false;
    }
  }
  return true;
}

cluster::v1::Cluster Host::Cluster() const {
  cluster::v1::Cluster cluster;
  cluster.set_sound(IsSound());
  cluster.set_partitions(partitions_);
  if (!owners_) {
    *cluster.add_members() = Myself<cluster::v1::Member>();
    for (const std::string& topic : Topics()) {
      for (const auto& journal : journals_.at(topic)) {
        cluster::v1::Owner& owner = *cluster.add_owners();
        owner.set_topic(topic);
        owner.set_partition(journal->partition());
        owner.set_epoch(journal->epoch());
      }
    }
    return cluster;
  }
  for (const journal::v1::Member& known : owners_->members()) {
    cluster::v1::Member& member = *cluster.add_members();
    member.set_address(known.address());
    *member.mutable_services() = known.services();
  }
  std::map<std::pair<std::string, int>, cluster::v1::Owner> owners;
  for (const journal::v1::PartitionOwner& known : owners_->owners()) {
    cluster::v1::Owner& owner = owners[{known.topic(), known.partition()}];
    owner.set_topic(known.topic());
    owner.set_partition(known.partition());
    owner.set_address(known.address());
    owner.set_epoch(known.epoch());
  }
  // What was read in the partitions themselves is surer than what was announced.
  for (const journal::KafkaJournal* journal : kafka_journals_) {
    journal::KafkaJournal::Ownership ownership = journal->ownership();
    cluster::v1::Owner& owner = owners[{journal->topic(), journal->partition()}];
    owner.set_topic(journal->topic());
    owner.set_partition(journal->partition());
    if (ownership.epoch < owner.epoch()) continue;
    owner.set_address(ownership.owner);
    owner.set_epoch(ownership.epoch);
    owner.set_confirmed(ownership.confirmed);
  }
  for (auto& [partition, owner] : owners) *cluster.add_owners() = std::move(owner);
  return cluster;
}

void Host::Announce() {
  if (!owners_) return;
  owners_->Announce(Myself<journal::v1::Member>());
  for (const journal::KafkaJournal* journal : kafka_journals_) {
    journal::KafkaJournal::Ownership ownership = journal->ownership();
    if (!ownership.mine) continue;
    journal::v1::PartitionOwner owner;
    owner.set_topic(journal->topic());
    owner.set_partition(journal->partition());
    owner.set_address(ownership.owner);
    owner.set_epoch(ownership.epoch);
    owners_->Announce(owner);
  }
}

void Host::Configure(const config::v1::CouncilConfig& config,
                     std::function<void(absl::Status)> done) {
  for (const auto& service : services_) {
    if (service->Configure(config, done)) return;
  }
  done(absl::OkStatus());
}

void Host::LookAfter() {
  for (const auto& service : services_) service->LookAfter();
}

void Host::Release() {
  if (!kafka_partitions_) return;
  kafka_partitions_->Release();
  journal::v1::Member gone;
  gone.set_address(options_.kafka->address);
  owners_->Announce(gone);
  owners_->Flush();
}

}  // namespace ccfa::host
