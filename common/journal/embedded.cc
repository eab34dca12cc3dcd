#include "common/journal/embedded.h"

#include <algorithm>

#include "common/core/refusal.h"

namespace ccfa::journal {
namespace {

std::string KeyOf(uint64_t offset) {
  std::string key(8, '\0');
  for (int i = 7; i >= 0; --i, offset >>= 8) key[i] = static_cast<char>(offset & 0xff);
  return key;
}

uint64_t OffsetOf(const rocksdb::Slice& key) {
  uint64_t offset = 0;
  for (size_t i = 0; i < key.size(); ++i) offset = offset << 8 | static_cast<unsigned char>(key[i]);
  return offset;
}

absl::Status Reopening() {
  return TryLater(absl::StatusCode::kUnavailable, "REOPENING", "the storage is being reopened",
                  1000);
}

}  // namespace

EmbeddedJournal::EmbeddedJournal(state::Database& database, std::string topic)
    : database_(database), topic_(std::move(topic)) {}

absl::Status EmbeddedJournal::Append(const std::vector<Sealed>& records, Durability durability) {
  if (absl::Status failed = Health(); !failed.ok()) return failed;
  auto open = database_.Lease();
  if (!open) return Reopening();
  state::Family family = open->family(topic_);
  rocksdb::WriteBatch batch;
  for (const Sealed& record : records) {
    if (auto s = batch.Put(family.get(), KeyOf(record.seq), record.bytes); !s.ok()) {
      return state::FromRocks(s);
    }
  }
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::kNow;
  absl::Status written = state::FromRocks(open->db().Write(options, &batch));
  if (!written.ok()) {
    database_.Fail(written);
    return written;
  }
  if (!records.empty()) {
    std::lock_guard lock(mutex_);
    end_ = records.back().seq;
  }
  for (const Ring& ring : rings_) ring(records);
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> EmbeddedJournal::End() const {
  std::lock_guard lock(mutex_);
  uint64_t generation = database_.generation();
  if (end_generation_ == generation) return end_;
  auto open = database_.Lease();
  if (!open) return Reopening();
  state::Family family = open->family(topic_);
  std::unique_ptr<rocksdb::Iterator> rows(
      open->db().NewIterator(rocksdb::ReadOptions(), family.get()));
  rows->SeekToLast();
  if (!rows->status().ok()) return state::FromRocks(rows->status());
  end_ = rows->Valid() ? OffsetOf(rows->key()) : 0;
  end_generation_ = generation;
  return end_;
}

absl::Status EmbeddedJournal::Read(uint64_t after, const Visit& visit) const {
  auto open = database_.Lease();
  if (!open) return Reopening();
  state::Family family = open->family(topic_);
  std::unique_ptr<rocksdb::Iterator> rows(
      open->db().NewIterator(rocksdb::ReadOptions(), family.get()));
  for (rows->Seek(KeyOf(after + 1)); rows->Valid(); rows->Next()) {
    if (!visit(OffsetOf(rows->key()), {rows->value().data(), rows->value().size()})) break;
  }
  return state::FromRocks(rows->status());
}

}  // namespace ccfa::journal
