#include "common/journal/embedded.h"

#include <algorithm>

#include "common/journal/reopening.h"

namespace ccfa::journal {
namespace {

constexpr size_t kPartitionBytes = 2;
constexpr size_t kOffsetBytes = 8;

std::string BigEndian(uint64_t number, size_t bytes) {
  std::string text(bytes, '\0');
  for (size_t i = bytes; i-- > 0; number >>= 8) text[i] = static_cast<char>(number & 0xff);
  return text;
}

uint64_t OffsetOf(const rocksdb::Slice& key) {
  uint64_t offset = 0;
  for (size_t i = kPartitionBytes; i < key.size(); ++i)
    offset = offset << 8 | static_cast<unsigned char>(key[i]);
  return offset;
}

}  // namespace

std::string EmbeddedJournal::KeyOf(int partition, uint64_t offset) {
  return BigEndian(partition, kPartitionBytes) + BigEndian(offset, kOffsetBytes);
}

EmbeddedJournal::EmbeddedJournal(state::Database& database, std::string topic, int partition,
                                 uint64_t epoch)
    : database_(database),
      topic_(std::move(topic)),
      partition_(partition),
      epoch_(epoch),
      past_the_last_(BigEndian(partition + 1, kPartitionBytes)) {}

absl::Status EmbeddedJournal::Append(const std::vector<Sealed>& records, Durability durability) {
  if (absl::Status failed = Health(); !failed.ok()) return failed;
  auto open = database_.Lease();
  if (!open) return Reopening();
  state::Family family = open->family(topic_);
  rocksdb::WriteBatch batch;
  for (const Sealed& record : records) {
    if (auto s = batch.Put(family.get(), KeyOf(partition_, record.seq), record.bytes); !s.ok()) {
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
  rows->SeekForPrev(KeyOf(partition_, UINT64_MAX));
  if (!rows->status().ok()) return state::FromRocks(rows->status());
  end_ =
      rows->Valid() && rows->key().compare(KeyOf(partition_, 0)) >= 0 ? OffsetOf(rows->key()) : 0;
  end_generation_ = generation;
  return end_;
}

absl::Status EmbeddedJournal::Read(uint64_t after, const Visit& visit) const {
  auto open = database_.Lease();
  if (!open) return Reopening();
  state::Family family = open->family(topic_);
  rocksdb::ReadOptions options;
  rocksdb::Slice bound(past_the_last_);
  options.iterate_upper_bound = &bound;
  std::unique_ptr<rocksdb::Iterator> rows(open->db().NewIterator(options, family.get()));
  for (rows->Seek(KeyOf(partition_, after + 1)); rows->Valid(); rows->Next()) {
    if (!visit(OffsetOf(rows->key()), {rows->value().data(), rows->value().size()})) break;
  }
  return state::FromRocks(rows->status());
}

}  // namespace ccfa::journal
