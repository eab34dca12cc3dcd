#include "common/state/snapshot.h"

#include <cstdlib>

namespace ccfa::state {

Snapshot::Snapshot(std::shared_ptr<OpenDatabase> database, const std::string& family)
    : database_(std::move(database)),
      family_(database_->family(family)),
      snapshot_(database_->db().GetSnapshot()) {}

Snapshot::~Snapshot() {
  database_->db().ReleaseSnapshot(snapshot_);
}

std::optional<std::string> Snapshot::Get(absl::string_view key) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  std::string value;
  rocksdb::Status status =
      database_->db().Get(options, family_.get(), rocksdb::Slice(key.data(), key.size()), &value);
  if (status.ok()) return value;
  if (!status.IsNotFound()) Report(FromRocks(status));
  return std::nullopt;
}

void Snapshot::Scan(absl::string_view prefix, absl::string_view after, const Visit& visit) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  std::unique_ptr<rocksdb::Iterator> rows(database_->db().NewIterator(options, family_.get()));
  auto slice = [](absl::string_view text) { return rocksdb::Slice(text.data(), text.size()); };
  auto view = [](const rocksdb::Slice& text) {
    return absl::string_view(text.data(), text.size());
  };
  rows->Seek(slice(std::max(prefix, after)));
  if (rows->Valid() && !after.empty() && rows->key() == slice(after)) rows->Next();
  for (; rows->Valid() && rows->key().starts_with(slice(prefix)); rows->Next()) {
    if (!visit(view(rows->key()), view(rows->value()))) break;
  }
  Report(FromRocks(rows->status()));
}

void Snapshot::Put(absl::string_view, absl::string_view) {
  std::abort();
}
void Snapshot::Delete(absl::string_view) {
  std::abort();
}

}  // namespace ccfa::state
