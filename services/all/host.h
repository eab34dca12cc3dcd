#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/engine/engine.h"
#include "common/engine/projector.h"
#include "common/journal/embedded.h"
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
  struct Options {
    /// The folder of the databases; made when it is not there.
    std::string data;
    /// Null: the machine's disk.
    std::shared_ptr<rocksdb::Env> env;
  };

  /// UNAVAILABLE when the folder cannot be used, DATA_LOSS when what is in it is damaged. The time
  /// and the calendar outlive the host.
  static absl::StatusOr<std::unique_ptr<Host>> Open(Options options, const TimeSource& time,
                                                    const calendar::Calendar& calendar);

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
  std::vector<grpc::Service*> services();

 private:
  struct Databases {
    std::unique_ptr<state::Database> journals, intake, routing, sara, scrutiny, insight;
  };

  Host(Databases databases, const TimeSource& time, const calendar::Calendar& calendar);

  Databases databases_;
  journal::EmbeddedJournal intake_journal_, routing_journal_, sara_journal_, scrutiny_journal_;
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
