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
  absl::StatusOr<Journals> journals = OpenJournals(options, *opened.journals, time);
  if (!journals.ok()) return journals.status();
  std::unique_ptr<Host> host(new Host(std::move(opened), *std::move(journals), time, calendar));
  for (engine::Stepper* stepper : host->steppers()) {
    if (status = stepper->Prepare(); !status.ok()) return status;
  }
  return host;
}

absl::StatusOr<Host::Journals> Host::OpenJournals(const Options& options, state::Database& database,
                                                  const TimeSource& time) {
  Journals journals;
  for (auto [topic, journal] : {std::pair(intake::kTopic, &journals.intake),
                                {routing::kTopic, &journals.routing},
                                {sara::kTopic, &journals.sara},
                                {scrutiny::kTopic, &journals.scrutiny}}) {
    if (!options.kafka) {
      *journal = std::make_unique<journal::EmbeddedJournal>(database, topic);
      continue;
    }
    journal::KafkaJournal* first = journals.kafka.empty() ? nullptr : journals.kafka.front();
    absl::StatusOr<std::unique_ptr<journal::KafkaJournal>> opened = journal::KafkaJournal::Open(
        {topic, 0, options.kafka->settings, options.kafka->address, options.kafka->answers, first},
        database, time);
    if (!opened.ok()) return opened.status();
    journals.kafka.push_back(opened->get());
    *journal = *std::move(opened);
  }
  return journals;
}

Host::Host(Databases databases, Journals journals, const TimeSource& time,
           const calendar::Calendar& calendar)
    : databases_(std::move(databases)),
      journals_(std::move(journals)),
      routing_rules_(wards_),
      intake_({"intake", kTables}, intake_rules_, *journals_.intake,
              {journals_.intake.get(), journals_.routing.get(), journals_.sara.get()},
              *databases_.intake, time, calendar),
      routing_({"routing", kTables}, routing_rules_, *journals_.routing, {journals_.intake.get()},
               *databases_.routing, time, calendar),
      sara_({"sara", kTables}, sara_rules_, *journals_.sara,
            {journals_.intake.get(), journals_.routing.get(), journals_.sara.get(),
             journals_.scrutiny.get()},
            *databases_.sara, time, calendar),
      scrutiny_({"scrutiny", kTables}, scrutiny_rules_, *journals_.scrutiny,
                {journals_.routing.get(), journals_.sara.get()}, *databases_.scrutiny, time,
                calendar),
      insight_("insight", kTables, projections_,
               {journals_.intake.get(), journals_.routing.get(), journals_.sara.get(),
                journals_.scrutiny.get()},
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

Host::~Host() {
  // Their threads ring the engines, which go first.
  for (journal::KafkaJournal* journal : journals_.kafka) journal->Stop();
}

void Host::Release() {
  for (journal::KafkaJournal* journal : journals_.kafka) journal->Release();
}

std::vector<engine::Stepper*> Host::steppers() {
  return {&intake_, &routing_, &sara_, &scrutiny_, &insight_};
}

std::vector<engine::Engine*> Host::engines() {
  return {&intake_, &routing_, &sara_, &scrutiny_};
}

std::vector<journal::Journal*> Host::journals() {
  return {journals_.intake.get(), journals_.routing.get(), journals_.sara.get(),
          journals_.scrutiny.get()};
}

std::vector<grpc::Service*> Host::services() {
  return {&intake_service_, &routing_service_, &sara_service_, &scrutiny_service_,
          &insight_service_};
}

}  // namespace ccfa::all
