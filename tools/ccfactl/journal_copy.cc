// The whole journal from where one mode keeps it to where the other does.

#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/host/flags.h"
#include "common/journal/copy.h"
#include "common/journal/kafka_archive.h"
#include "common/telemetry/log.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/keys_beside.h"
#include "tools/ccfactl/print.h"
#include "tools/ccfactl/progress_bar.h"

namespace ccfa::ctl {
namespace {

constexpr char kKafka[] = "kafka://";

struct CopyRequest {
  std::string from, to;
  /// Where a folder's keys are, when not in it.
  std::string from_keys, to_keys;
  int replication = 3;
  std::vector<std::string> settings;
  std::string settings_file;
};

bool IsKafka(const std::string& place) {
  return absl::StartsWith(place, kKafka);
}

absl::StatusOr<journal::KafkaPlace> KafkaPlaceOf(const CopyRequest& request,
                                                 const std::string& place) {
  host::Flags flags;
  flags.kafka = place.substr(sizeof(kKafka) - 1);
  flags.kafka_settings = request.settings;
  flags.kafka_settings_file = request.settings_file;
  absl::StatusOr<journal::KafkaSettings> settings = host::KafkaSettingsOf(flags);
  if (!settings.ok()) return settings.status();
  return journal::KafkaPlace{place, *std::move(settings), request.replication};
}

absl::StatusOr<std::unique_ptr<journal::Archive>> OpenArchive(const CopyRequest& request,
                                                              const std::string& place,
                                                              bool is_target) {
  if (!IsKafka(place)) return journal::OpenEmbeddedArchive(place, is_target);
  absl::StatusOr<journal::KafkaPlace> kafka = KafkaPlaceOf(request, place);
  if (!kafka.ok()) return kafka.status();
  return journal::KafkaArchive::Open(*std::move(kafka), is_target);
}

absl::StatusOr<KeysBeside> KeysOf(const CopyRequest& request, const std::string& place,
                                  const std::string& keys) {
  if (!IsKafka(place)) return KeysBeside(keys.empty() ? place + "/keys" : keys);
  absl::StatusOr<journal::KafkaPlace> kafka = KafkaPlaceOf(request, place);
  if (!kafka.ok()) return kafka.status();
  return KeysBeside(*std::move(kafka));
}

bool IsSamePlace(const std::string& one, const std::string& other) {
  std::error_code unknown;
  return one == other || std::filesystem::equivalent(one, other, unknown);
}

const char* NameOf(journal::CopyStage stage) {
  switch (stage) {
    case journal::CopyStage::kCheck:
      return "checking";
    case journal::CopyStage::kCopy:
      return "copying";
    case journal::CopyStage::kVerify:
      return "verifying";
  }
  return "";
}

/// A bar a stage, one after the other.
class CopyBars {
 public:
  void Show(journal::CopyStage stage, uint64_t done, uint64_t total) {
    if (!bar_ || stage != stage_) {
      bar_.reset();
      bar_.emplace(NameOf(stage));
      stage_ = stage;
    }
    bar_->Show(done, total);
  }

 private:
  std::optional<ProgressBar> bar_;
  journal::CopyStage stage_ = journal::CopyStage::kCheck;
};

void PrintOutcome(const Session& session, const std::vector<journal::CopiedPartition>& partitions) {
  Table table({"topic", "partition", "records", "copied", "hash", "equal"});
  for (const journal::CopiedPartition& one : partitions) {
    const bool equal = one.source_hash == one.target_hash;
    if (!session.json && equal && one.records == 0) continue;
    // For people, enough of it to compare by eye.
    const std::string hash = session.json ? one.target_hash : one.target_hash.substr(0, 16);
    table.AddRow({one.topic, absl::StrCat(one.partition), absl::StrCat(one.records),
                  absl::StrCat(one.copied), hash, equal ? "yes" : "no"});
  }
  session.json ? table.PrintJson(std::cout) : table.Print(std::cout);
}

absl::Status CopyJournal(const Session& session, const CopyRequest& request) {
  if (IsSamePlace(request.from, request.to))
    return InvalidField("--to", "the target is the source; name another place");
  telemetry::SetLevel(telemetry::Level::kError);  // what a broker says meanwhile is not for people
  absl::StatusOr<std::unique_ptr<journal::Archive>> from =
      OpenArchive(request, request.from, /*is_target=*/false);
  if (!from.ok()) return from.status();
  absl::StatusOr<std::unique_ptr<journal::Archive>> to =
      OpenArchive(request, request.to, /*is_target=*/true);
  if (!to.ok()) return to.status();
  absl::StatusOr<KeysBeside> from_keys = KeysOf(request, request.from, request.from_keys);
  if (!from_keys.ok()) return from_keys.status();
  absl::StatusOr<KeysBeside> to_keys = KeysOf(request, request.to, request.to_keys);
  if (!to_keys.ok()) return to_keys.status();
  absl::StatusOr<std::vector<journal::CopiedPartition>> copied;
  {
    CopyBars bars;
    copied = journal::Copy(
        **from, **to,
        [&](auto stage, uint64_t done, uint64_t total) { bars.Show(stage, done, total); },
        [&] { return CopyKeys(**from, *from_keys, *to_keys); });
  }
  if (!copied.ok()) return copied.status();
  PrintOutcome(session, *copied);
  for (const journal::CopiedPartition& one : *copied) {
    if (one.source_hash == one.target_hash) continue;
    return absl::DataLossError(absl::StrCat(
        one.topic, " partition ", one.partition, ": ", request.to, " is not what ", request.from,
        " is, and stays closed; delete it, look after its disks, and copy again"));
  }
  return absl::OkStatus();
}

}  // namespace

void AddJournal(CLI::App& app, Session& session) {
  CLI::App* group = app.add_subcommand("journal", "The journal as a whole: moved, exported, proved")
                        ->require_subcommand(1);
  AddExportHeadAndProve(*group, session);
  CLI::App* copy = group->add_subcommand(
      "copy",
      "Move everything between an embedded journal and Apache Kafka, or to another folder, with "
      "people's keys. First "
      "end all processes on both sides. Interrupted, run it again: it goes on where it stopped");
  auto request = std::make_shared<CopyRequest>();
  copy->add_option("--from", request->from,
                   "The folder of ccfa-all --data, or kafka://HOST:PORT,HOST:PORT...")
      ->required();
  copy->add_option("--to", request->to, "The same: empty, or with a part of what the source has")
      ->required();
  copy->add_option("--from-keys", request->from_keys,
                   "Where a folder's keys of people are; FROM/keys when left out");
  copy->add_option("--to-keys", request->to_keys,
                   "Where they are to be, when --to is a folder; TO/keys when left out");
  copy->add_option("--replication", request->replication, "Replicas of topics that are made")
      ->check(CLI::Range(1, 15))
      ->capture_default_str();
  copy->add_option("--kafka-setting", request->settings,
                   "NAME=VALUE of librdkafka, such as security.protocol=ssl; repeatable");
  copy->add_option("--kafka-settings-file", request->settings_file,
                   "The same from a file, one a line: for what must not stand on a command line")
      ->envname("CCFA_KAFKA_SETTINGS_FILE");
  copy->callback([&session, request] { session.outcome = CopyJournal(session, *request); });
}

}  // namespace ccfa::ctl
