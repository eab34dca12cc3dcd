#include "services/all/host.h"

namespace ccfa::all {
namespace {

const char kTables[] = "tables";

using Opened = std::unique_ptr<state::Database>;

absl::Status OpenOne(const Host::Options& options, const std::string& folder,
                     std::vector<std::string> families, state::Holds holds, Opened& opened) {
  absl::StatusOr<Opened> database =
      state::Database::Open({options.data + "/" + folder, std::move(families), holds, options.env});
  if (database.ok()) opened = *std::move(database);
  return database.status();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Host>> Host::Open(Options options, const TimeSource& time,
                                                 const calendar::Calendar& calendar) {
  rocksdb::Env* env = options.env ? options.env.get() : rocksdb::Env::Default();
  absl::Status status = state::FromRocks(env->CreateDirIfMissing(options.data));
  if (!status.ok()) return status;
  Databases opened;
  status = OpenOne(options, "journals",
                   {intake::kTopic, routing::kTopic, sara::kTopic, scrutiny::kTopic},
                   state::Holds::kJournals, opened.journals);
  for (auto [folder, database] : {std::pair("intake", &opened.intake),
                                  {"routing", &opened.routing},
                                  {"sara", &opened.sara},
                                  {"scrutiny", &opened.scrutiny},
                                  {"insight", &opened.insight}}) {
    if (status.ok()) status = OpenOne(options, folder, {kTables}, state::Holds::kTables, *database);
  }
  if (!status.ok()) return status;
  return std::unique_ptr<Host>(new Host(std::move(opened), time, calendar));
}

Host::Host(Databases databases, const TimeSource& time, const calendar::Calendar& calendar)
    : databases_(std::move(databases)),
      intake_journal_(*databases_.journals, intake::kTopic),
      routing_journal_(*databases_.journals, routing::kTopic),
      sara_journal_(*databases_.journals, sara::kTopic),
      scrutiny_journal_(*databases_.journals, scrutiny::kTopic),
      routing_rules_(wards_),
      intake_({"intake", kTables}, intake_rules_, intake_journal_,
              {&intake_journal_, &routing_journal_, &sara_journal_}, *databases_.intake, time,
              calendar),
      routing_({"routing", kTables}, routing_rules_, routing_journal_, {&intake_journal_},
               *databases_.routing, time, calendar),
      sara_({"sara", kTables}, sara_rules_, sara_journal_,
            {&intake_journal_, &routing_journal_, &sara_journal_, &scrutiny_journal_},
            *databases_.sara, time, calendar),
      scrutiny_({"scrutiny", kTables}, scrutiny_rules_, scrutiny_journal_,
                {&routing_journal_, &sara_journal_}, *databases_.scrutiny, time, calendar),
      insight_("insight", kTables, projections_,
               {&intake_journal_, &routing_journal_, &sara_journal_, &scrutiny_journal_},
               *databases_.insight),
      intake_service_(intake_),
      routing_service_(routing_, wards_),
      sara_service_(sara_),
      scrutiny_service_(scrutiny_),
      insight_service_(insight_) {}

std::vector<state::Database*> Host::databases() {
  return {databases_.journals.get(), databases_.intake.get(),   databases_.routing.get(),
          databases_.sara.get(),     databases_.scrutiny.get(), databases_.insight.get()};
}

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
