#include "common/state/staged.h"

#include <utility>

#include "absl/strings/match.h"

namespace ccfa::state {
namespace {

rocksdb::Slice ToSlice(absl::string_view text) {
  return {text.data(), text.size()};
}

absl::string_view ToView(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

}  // namespace

Staged::Staged(std::shared_ptr<OpenDatabase> database, const std::string& family)
    : database_(std::move(database)), family_(database_->family(family)) {}

std::optional<std::string> Staged::Get(absl::string_view key) const {
  if (auto staged = changes_.find(key); staged != changes_.end()) return staged->second;
  if (writing_) {
    if (auto row = writing_->find(key); row != writing_->end()) return row->second;
  }
  std::string value;
  rocksdb::Status status =
      database_->db().Get(rocksdb::ReadOptions(), family_.get(), ToSlice(key), &value);
  if (status.ok()) return value;
  if (!status.IsNotFound()) Report(FromRocks(status));
  return std::nullopt;
}

void Staged::Scan(absl::string_view prefix, absl::string_view after, const Visit& visit) const {
  Report(Written());
  // Two sorted runs merged: of a key in both, the staged row counts.
  std::string start(std::max(prefix, after));
  auto staged = changes_.lower_bound(start);
  std::unique_ptr<rocksdb::Iterator> stored(
      database_->db().NewIterator(rocksdb::ReadOptions(), family_.get()));
  stored->Seek(start);
  auto in_prefix = [&](absl::string_view key) { return absl::StartsWith(key, prefix); };
  while (true) {
    bool has_staged = staged != changes_.end() && in_prefix(staged->first);
    bool has_stored = stored->Valid() && in_prefix(ToView(stored->key()));
    if (!has_staged && !has_stored) break;
    bool take_staged = has_staged && (!has_stored || staged->first <= ToView(stored->key()));
    if (take_staged) {
      if (has_stored && staged->first == ToView(stored->key())) stored->Next();
      auto& [key, value] = *staged++;
      if (value && key != after && !visit(key, *value)) break;
    } else {
      if (ToView(stored->key()) != after && !visit(ToView(stored->key()), ToView(stored->value())))
        break;
      stored->Next();
    }
  }
  Report(FromRocks(stored->status()));
}

void Staged::Put(absl::string_view key, absl::string_view value) {
  Stage(key, std::string(value));
}

void Staged::Delete(absl::string_view key) {
  Stage(key, std::nullopt);
}

void Staged::Stage(absl::string_view key, Value value) {
  auto [row, is_new] = changes_.try_emplace(std::string(key));
  if (!save_points_.empty()) {
    undo_.push_back(
        {row->first, is_new ? std::nullopt : std::optional<Value>(std::move(row->second))});
  }
  row->second = std::move(value);
}

void Staged::SetSavePoint() {
  save_points_.push_back(undo_.size());
}

void Staged::RollBack() {
  for (; undo_.size() > save_points_.back(); undo_.pop_back()) {
    Undo& undo = undo_.back();
    if (undo.before) {
      changes_[undo.key] = *std::move(undo.before);
    } else {
      changes_.erase(undo.key);
    }
  }
  save_points_.pop_back();
  status_ = absl::OkStatus();
}

void Staged::DropSavePoint() {
  save_points_.pop_back();
  if (save_points_.empty()) undo_.clear();
}

absl::Status Staged::Commit() {
  Report(Written());
  if (!status_.ok()) return status_;
  absl::Status status = Write(changes_);
  changes_.clear();
  return status;
}

absl::Status Staged::CommitMeanwhile() {
  Report(Written());
  if (!status_.ok()) return status_;
  writing_ = std::make_shared<const Changes>(std::exchange(changes_, {}));
  written_ = std::async(std::launch::async, [this, changes = writing_] { return Write(*changes); });
  return absl::OkStatus();
}

absl::Status Staged::Written() const {
  if (!written_.valid()) return absl::OkStatus();
  absl::Status status = written_.get();
  writing_ = nullptr;
  return status;
}

absl::Status Staged::Write(const Changes& changes) const {
  rocksdb::WriteBatch batch;
  for (const auto& [key, value] : changes) {
    rocksdb::Status put =
        value ? batch.Put(family_.get(), key, *value) : batch.Delete(family_.get(), key);
    if (!put.ok()) return FromRocks(put);
  }
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return FromRocks(database_->db().Write(options, &batch));
}

}  // namespace ccfa::state
