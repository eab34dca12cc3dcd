#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/engine/engine.h"
#include "common/engine/projector.h"
#include "common/journal/embedded.h"
#include "common/journal/kafka.h"
#include "common/state/database.h"
#include "services/insight/insight_service.h"
#include "services/insight/projections.h"
#include "services/intake/intake_service.h"
#include "services/intake/reactions.h"
#include "services/routing/reactions.h"
#include "services/routing/routing_service.h"
#include "services/sara/reactions.h"
#include "services/sara/sara_service.h"
#include "services/scrutiny/reactions.h"
#include "services/scrutiny/scrutiny_service.h"

namespace ccfa::all {

/// Every service in one process, without threads and sockets: `main` drives it with runners and a
/// server, a test from one thread. One database holds the journals, one each service's tables.
class Host {
 public:
  /// Apache Kafka as the journal of all services, owned by one of several such processes.
  struct Kafka {
    journal::KafkaSettings settings;
    /// Where this process is asked, for the others' callers; the HOST:PORT of its gRPC server.
    std::string address;
    /// Whether the process at an address still answers.
    std::function<bool(const std::string& address)> answers;
  };

  struct Options {
    /// The folder of the databases; made when it is not there.
    std::string data;
    /// Null: the machine's disk.
    std::shared_ptr<rocksdb::Env> env;
    /// The journals are topics of Kafka; without it, they are embedded.
    std::optional<Kafka> kafka;
  };

  /// UNAVAILABLE when the folder cannot be used, DATA_LOSS when what is in it is damaged. The time
  /// and the calendar outlive the host.
  static absl::StatusOr<std::unique_ptr<Host>> Open(Options options, const TimeSource& time,
                                                    const calendar::Calendar& calendar);

  ~Host();
  state::Database& journal_database() { return *databases_.journals; }
  state::Database& intake_database() { return *databases_.intake; }
  /// The journals' first: tables are folded from them.
  std::vector<state::Database*> databases();
  engine::Engine& intake() { return intake_; }
  engine::Engine& routing() { return routing_; }
  engine::Engine& sara() { return sara_; }
  engine::Engine& scrutiny() { return scrutiny_; }
  engine::Projector& insight() { return insight_; }

  /// In the order in which an event usually travels.
  std::vector<engine::Stepper*> steppers();
  std::vector<engine::Engine*> engines();
  std::vector<journal::Journal*> journals();
  /// Those of them that are Kafka's.
  const std::vector<journal::KafkaJournal*>& kafka_journals() const { return journals_.kafka; }
  /// Hands over to another process, where there is one: no command is taken any more.
  void Release();
  std::vector<grpc::Service*> services();

 private:
  struct Databases {
    std::unique_ptr<state::Database> journals, intake, routing, sara, scrutiny, insight;
  };

  struct Journals {
    std::unique_ptr<journal::Journal> intake, routing, sara, scrutiny;
    std::vector<journal::KafkaJournal*> kafka;
  };

  Host(Databases databases, Journals journals, const TimeSource& time,
       const calendar::Calendar& calendar);
  static absl::StatusOr<Journals> OpenJournals(const Options& options, state::Database& database,
                                               const TimeSource& time);

  Databases databases_;
  Journals journals_;
  routing::WardMap wards_;
  intake::Rules intake_rules_;
  routing::Rules routing_rules_;
  sara::Rules sara_rules_;
  scrutiny::Rules scrutiny_rules_;
  insight::Projections projections_;
  engine::Engine intake_, routing_, sara_, scrutiny_;
  engine::Projector insight_;
  intake::IntakeService intake_service_;
  routing::RoutingService routing_service_;
  sara::SaraService sara_service_;
  scrutiny::ScrutinyService scrutiny_service_;
  insight::InsightService insight_service_;
};

}  // namespace ccfa::all
