#include "services/all/host.h"

namespace ccfa::all {
namespace {

const std::vector<std::string>& Families() {
  static const std::vector<std::string> families = {
      "intake.journal", "intake.tables",  "routing.journal",  "routing.tables", "sara.journal",
      "sara.tables",    "insight.tables", "scrutiny.journal", "scrutiny.tables"};
  return families;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Host>> Host::Open(Options options, const TimeSource& time,
                                                 const calendar::Calendar& calendar) {
  absl::StatusOr<std::unique_ptr<state::Database>> database =
      state::Database::Open({options.data, Families(), options.env});
  if (!database.ok()) return database.status();
  return std::unique_ptr<Host>(new Host(*std::move(database), time, calendar));
}

Host::Host(std::unique_ptr<state::Database> database, const TimeSource& time,
           const calendar::Calendar& calendar)
    : database_(std::move(database)),
      intake_journal_(*database_, intake::kTopic, "intake.journal"),
      routing_journal_(*database_, routing::kTopic, "routing.journal"),
      sara_journal_(*database_, sara::kTopic, "sara.journal"),
      scrutiny_journal_(*database_, scrutiny::kTopic, "scrutiny.journal"),
      routing_rules_(wards_),
      intake_({"intake", "intake.tables"}, intake_rules_, intake_journal_,
              {&intake_journal_, &routing_journal_, &sara_journal_}, *database_, time, calendar),
      routing_({"routing", "routing.tables"}, routing_rules_, routing_journal_, {&intake_journal_},
               *database_, time, calendar),
      sara_({"sara", "sara.tables"}, sara_rules_, sara_journal_,
            {&intake_journal_, &routing_journal_, &sara_journal_, &scrutiny_journal_}, *database_,
            time, calendar),
      scrutiny_({"scrutiny", "scrutiny.tables"}, scrutiny_rules_, scrutiny_journal_,
                {&routing_journal_, &sara_journal_}, *database_, time, calendar),
      insight_("insight", "insight.tables", projections_,
               {&intake_journal_, &routing_journal_, &sara_journal_, &scrutiny_journal_},
               *database_),
      intake_service_(intake_),
      routing_service_(routing_, wards_),
      sara_service_(sara_),
      scrutiny_service_(scrutiny_),
      insight_service_(insight_) {}

std::vector<engine::Stepper*> Host::steppers() {
  return {&intake_, &routing_, &sara_, &scrutiny_, &insight_};
}

std::vector<engine::Engine*> Host::engines() {
  return {&intake_, &routing_, &sara_, &scrutiny_};
}

std::vector<journal::Journal*> Host::journals() {
  return {&intake_journal_, &routing_journal_, &sara_journal_, &scrutiny_journal_};
}

std::vector<grpc::Service*> Host::services() {
  return {&intake_service_, &routing_service_, &sara_service_, &scrutiny_service_,
          &insight_service_};
}

}  // namespace ccfa::all
