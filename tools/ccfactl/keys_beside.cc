#include "tools/ccfactl/keys_beside.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include "absl/strings/str_cat.h"
#include "ccfa/intake/v1/events.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/refusal.h"
#include "common/journal/kafka_keys.h"
#include "common/journal/kafka_topic.h"
#include "common/privacy/key_copy.h"
#include "common/privacy/key_files.h"
#include "tools/ccfactl/session.h"

namespace ccfa::ctl {
namespace {

constexpr char kIntake[] = "ccfa.intake.v1";

/// Follows who has a caller whose data is sealed.
void Follow(const record::v1::Record& record, std::set<std::string>& calls) {
  intake::v1::Event event;
  if (!event.ParseFromString(record.data())) return;
  if (!event.call_logged().caller().key().empty()) calls.insert(event.call_logged().name());
  if (!event.caller_changed().caller().key().empty()) calls.insert(event.caller_changed().name());
  if (event.has_caller_erased()) calls.erase(event.caller_erased().name());
}

absl::StatusOr<bool> HasCallers(journal::Archive& journal) {
  std::set<std::string> calls;
  for (int i = 0; i < journal.layout().partitions; ++i) {
    auto reader = journal.Read(kIntake, i);
    if (!reader.ok()) return reader.status();
    while (true) {
      absl::StatusOr<std::optional<journal::Sealed>> next = (*reader)->Next();
      if (!next.ok()) return next.status();
      if (!*next) break;
      record::v1::Record record;
      if (record.ParseFromString((*next)->bytes)) Follow(record, calls);
    }
  }
  return !calls.empty();
}

absl::Status NoKeys(const KeysBeside& from) {
  return Refuse(absl::StatusCode::kFailedPrecondition, "NO_KEYS",
                absl::StrCat("calls have callers, and there are no keys of theirs in ", from.name(),
                             "; say where they are with --from-keys"),
                "--from-keys");
}

}  // namespace

absl::StatusOr<privacy::KeyStore*> KeysBeside::Find() {
  if (!kafka_) return std::filesystem::is_directory(folder_) ? FindOrMake(0) : nullptr;
  absl::StatusOr<journal::JournalTopics> there =
      journal::FindJournalTopics(kafka_->settings, /*is_copy=*/true);
  if (!there.ok()) return there.status();
  return there->key_partitions == 0 ? nullptr : OpenOnKafka(there->key_partitions);
}

absl::StatusOr<privacy::KeyStore*> KeysBeside::FindOrMake(int partitions) {
  if (kafka_) return OpenOnKafka(partitions);
  absl::StatusOr<std::unique_ptr<privacy::KeyFiles>> files = privacy::KeyFiles::Open(folder_);
  if (!files.ok()) return files.status();
  store_ = *std::move(files);
  return store_.get();
}

absl::StatusOr<privacy::KeyStore*> KeysBeside::OpenOnKafka(int partitions) {
  absl::StatusOr<absl::Duration> segment =
      journal::PrepareKeyTopic(kafka_->settings, partitions, kafka_->replication);
  if (!segment.ok()) return segment.status();
  auto keys = journal::KafkaKeys::Open({kafka_->settings, partitions, *segment});
  if (!keys.ok()) return keys.status();
  auto reader = journal::KafkaReader::Create(kafka_->settings);
  if (!reader.ok()) return reader.status();
  absl::Status started = (*reader)->Start((*keys)->followers());
  if (!started.ok()) return started;
  store_ = *std::move(keys);
  reader_ = *std::move(reader);
  // Who leads a topic that was just made is known a moment later.
  Patience patience;
  absl::Status read;
  do {
    read = store_->Each("", [](const std::string&) { return absl::OkStatus(); });
  } while (absl::IsUnavailable(read) && patience.Wait());
  if (!read.ok()) return read;
  return store_.get();
}

absl::Status CopyKeys(journal::Archive& journal, KeysBeside& from, KeysBeside& to) {
  absl::StatusOr<privacy::KeyStore*> source = from.Find();
  if (!source.ok()) return source.status();
  if (*source == nullptr) {
    absl::StatusOr<bool> needed = HasCallers(journal);
    if (!needed.ok()) return needed.status();
    return *needed ? NoKeys(from) : absl::OkStatus();
  }
  absl::StatusOr<privacy::KeyStore*> target = to.FindOrMake(journal.layout().partitions);
  if (!target.ok()) return target.status();
  absl::StatusOr<privacy::CopiedKeys> copied = privacy::CopyKeys(**source, **target);
  if (!copied.ok()) return copied.status();
  std::cerr << "people's keys: " << copied->keys << ", copied " << copied->copied << "\n";
  return absl::OkStatus();
}

}  // namespace ccfa::ctl
