#include "common/journal/embedded_facts.h"

#include <memory>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/journal/reopening.h"

namespace ccfa::journal {
namespace {

constexpr char kPartitions[] = "partitions";
constexpr char kUnfinished[] = "unfinished-copy";
constexpr char kKafkaCopies[] = "copies-of-kafka";

std::string EpochKey(const std::string& topic, int partition) {
  return absl::StrCat("epoch/", topic, "/", partition);
}

absl::StatusOr<uint64_t> NumberAt(state::Database& database, const std::string& key,
                                  uint64_t otherwise) {
  auto open = database.Lease();
  if (!open) return Reopening();
  std::string text;
  auto found = open->db().Get(rocksdb::ReadOptions(), open->family("default").get(), key, &text);
  if (found.IsNotFound()) return otherwise;
  if (!found.ok()) return state::FromRocks(found);
  uint64_t number = 0;
  if (!absl::SimpleAtoi(text, &number))
    return absl::DataLossError(absl::StrCat("the journals' ", key, " is no number: ", text));
  return number;
}

absl::Status Write(state::Database& database, const std::string& key,
                   std::optional<uint64_t> number) {
  auto open = database.Lease();
  if (!open) return Reopening();
  rocksdb::WriteOptions synced;
  synced.sync = true;
  state::Family family = open->family("default");
  return state::FromRocks(number ? open->db().Put(synced, family.get(), key, absl::StrCat(*number))
                                 : open->db().Delete(synced, family.get(), key));
}

absl::StatusOr<bool> HoldsKafkaCopies(state::Database& database) {
  absl::StatusOr<uint64_t> noted = NumberAt(database, kKafkaCopies, 0);
  if (!noted.ok()) return noted.status();
  if (*noted != 0) return true;
  // Those of a time when it was not noted.
  auto open = database.Lease();
  if (!open) return Reopening();
  std::unique_ptr<rocksdb::Iterator> rows(
      open->db().NewIterator(rocksdb::ReadOptions(), open->family("default").get()));
  rows->Seek(kPlacePrefix);
  if (!rows->status().ok()) return state::FromRocks(rows->status());
  return rows->Valid() && rows->key().starts_with(kPlacePrefix);
}

}  // namespace

absl::StatusOr<int> PartitionsOf(state::Database& database,
                                 const std::vector<std::string>& topics) {
  absl::StatusOr<uint64_t> partitions = NumberAt(database, kPartitions, 0);
  if (!partitions.ok()) return partitions.status();
  if (*partitions != 0) return static_cast<int>(*partitions);
  auto open = database.Lease();
  if (!open) return Reopening();
  for (const std::string& topic : topics) {
    std::unique_ptr<rocksdb::Iterator> rows(
        open->db().NewIterator(rocksdb::ReadOptions(), open->family(topic).get()));
    rows->SeekToFirst();
    if (!rows->status().ok()) return state::FromRocks(rows->status());
    if (rows->Valid()) return 1;
  }
  return 0;
}

absl::Status SetPartitions(state::Database& database, int partitions) {
  return Write(database, kPartitions, partitions);
}

absl::StatusOr<uint64_t> EpochOf(state::Database& database, const std::string& topic,
                                 int partition) {
  return NumberAt(database, EpochKey(topic, partition), 1);
}

absl::Status SetEpoch(state::Database& database, const std::string& topic, int partition,
                      uint64_t epoch) {
  return Write(database, EpochKey(topic, partition), epoch);
}

absl::StatusOr<bool> IsUnfinished(state::Database& database) {
  absl::StatusOr<uint64_t> unfinished = NumberAt(database, kUnfinished, 0);
  if (!unfinished.ok()) return unfinished.status();
  return *unfinished != 0;
}

absl::Status SetUnfinished(state::Database& database, bool unfinished) {
  return Write(database, kUnfinished, unfinished ? std::optional<uint64_t>(1) : std::nullopt);
}

absl::Status CheckFinished(state::Database& database, const std::string& path) {
  absl::StatusOr<bool> unfinished = IsUnfinished(database);
  if (!unfinished.ok()) return unfinished.status();
  if (!*unfinished) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "COPY_UNFINISHED",
                absl::StrCat(path,
                             " holds a copy that was interrupted; run the same ccfactl "
                             "journal copy again, it goes on where it stopped"));
}

absl::Status CheckHoldsJournals(state::Database& database, const std::string& path) {
  absl::StatusOr<bool> copies = HoldsKafkaCopies(database);
  if (!copies.ok()) return copies.status();
  if (!*copies) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "KAFKA_COPIES",
                absl::StrCat(path,
                             " holds local copies of journals on Kafka, which are not the "
                             "record: use Kafka's (--kafka, or ccfactl journal copy --from "
                             "kafka://HOST:PORT), and for an embedded journal a folder of "
                             "its own"));
}

absl::Status CheckHoldsKafkaCopies(state::Database& database,
                                   const std::vector<std::string>& topics,
                                   const std::string& path) {
  absl::StatusOr<bool> copies = HoldsKafkaCopies(database);
  if (!copies.ok()) return copies.status();
  if (*copies) return absl::OkStatus();
  absl::StatusOr<int> partitions = PartitionsOf(database, topics);
  if (!partitions.ok()) return partitions.status();
  if (*partitions == 0) return Write(database, kKafkaCopies, 1);
  return Refuse(absl::StatusCode::kFailedPrecondition, "EMBEDDED_JOURNAL",
                absl::StrCat(path,
                             " holds an embedded journal: move it to Kafka with ccfactl "
                             "journal copy, and give the processes on Kafka another folder "
                             "(--data)"));
}

}  // namespace ccfa::journal
