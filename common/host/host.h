#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ccfa/cluster/v1/cluster.pb.h"
#include "common/host/service.h"
#include "common/journal/kafka_owners.h"
#include "common/journal/kafka_partitions.h"
#include "common/state/database.h"

namespace ccfa::host {

/// The column family of a partition's tables.
std::string TablesOf(int partition);

/// Services in one process, without threads and sockets of their own: `Run` drives it with runners
/// and a server, a test from one thread. One database holds the journals, or the copies of Kafka's,
/// one each service's tables.
class Host {
 public:
  /// Apache Kafka keeps the journals, and says which process has which partition.
  struct Kafka {
    journal::KafkaSettings settings;
    /// Where this process is asked: the HOST:PORT of its gRPC server as others reach it.
    std::string address;
    /// Whether the process at an address says that it still has a partition.
    journal::KafkaPartitions::Has has;
    int partitions = 1;
    /// Whether a partition that nobody has is claimed at once, or left to others for a moment.
    std::function<bool(int partition)> is_first = [](int) { return true; };
    /// What is read beside the journals; outlives the host.
    std::vector<journal::KafkaFollower*> followers = {};
  };

  struct Options {
    /// The folder of the databases; made when it is not there.
    std::string data;
    /// Null: the machine's disk.
    std::shared_ptr<rocksdb::Env> env;
    /// Without it, the journals are embedded.
    std::optional<Kafka> kafka;
    /// Told how long each append took until it was durable; may be null.
    std::function<void(const std::string& topic, absl::Duration took)> appended;
    /// Of embedded journals; 0: as many as there are, or one.
    int partitions = 0;
    /// Where the keys of people's data are; outlives the host. Null: none is taken.
    privacy::Vault* vault = nullptr;
    /// People sign in at this process.
    bool has_accounts = false;
  };

  using Services = std::vector<std::unique_ptr<Service>>;

  /// UNAVAILABLE when the folder cannot be used, DATA_LOSS when what is in it is damaged. The time
  /// and the calendar outlive the host.
  static absl::StatusOr<std::unique_ptr<Host>> Open(Options options, Services services,
                                                    const TimeSource& time,
                                                    const calendar::Calendar& calendar);
  ~Host();

  /// The journals' first: tables are folded from them.
  std::vector<state::Database*> databases();
  state::Database& journal_database() { return *journal_database_; }
  /// Of a service that it hosts, as all that are asked for by name.
  state::Database& database(const std::string& service);

  /// Of all services and partitions, in the order in which an event usually travels.
  std::vector<engine::Stepper*> steppers();
  std::vector<engine::Engine*> engines();
  engine::Engine& engine(const std::string& service, int partition = 0);
  engine::Projector& projector(const std::string& service, int partition = 0);
  std::vector<journal::Journal*> journals();
  std::vector<journal::KafkaJournal*>& kafka_journals() { return kafka_journals_; }
  std::vector<std::unique_ptr<grpc::Service>> MakeRpcs();

  /// Whether each partition of what it hosts is served, here or by another. Any thread.
  bool IsSound() const;
  /// Who is there and who has what, as far as it is known here. Any thread.
  cluster::v1::Cluster Cluster() const;
  /// Tells the other processes what this one hosts and owns, where they do not know it.
  void Announce();
  /// Gives a council's rules to the register among its services; it is done when it says so.
  /// Nothing happens where the register is in other processes.
  void Configure(const config::v1::CouncilConfig& config, std::function<void(absl::Status)> done);
  /// Lets each service do what is to be done outside of the rules. By one thread.
  void LookAfter();
  /// Hands over to others, where there are any: no command is taken any more.
  void Release();

 private:
  Host(Options options, Services services);
  absl::Status OpenDatabases();
  /// Sets how many partitions there are, and refuses journals that no process may open so.
  absl::Status LookAtJournals();
  absl::Status OpenJournals();
  absl::Status OpenEmbedded();
  /// With its appends timed, when somebody wants to know.
  std::unique_ptr<journal::Journal> Timed(std::unique_ptr<journal::Journal> journal) const;
  void AddPartitions(const TimeSource& time, const calendar::Calendar& calendar);
  /// Every topic the services write or read, once.
  std::vector<std::string> Topics() const;
  Service& Find(const std::string& name) const;
  bool Writes(const std::string& topic) const;
  template <class Member>
  Member Myself() const;

  const Options options_;
  privacy::Vault closed_;
  int partitions_ = 1;
  std::unique_ptr<state::Database> journal_database_;
  /// In the order of the services.
  std::vector<std::unique_ptr<state::Database>> databases_;
  /// By topic, then partition.
  std::map<std::string, std::vector<std::unique_ptr<journal::Journal>>> journals_;
  std::vector<journal::KafkaJournal*> kafka_journals_;
  std::unique_ptr<journal::KafkaOwners> owners_;
  std::unique_ptr<journal::KafkaPartitions> kafka_partitions_;
  const Services services_;
};

}  // namespace ccfa::host
