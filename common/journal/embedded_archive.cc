// An embedded journal as a whole, at rest: the folder of a process that does not run.

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/journal/archive.h"
#include "common/journal/embedded.h"
#include "common/journal/embedded_facts.h"

namespace ccfa::journal {
namespace {

constexpr uint64_t kReadAhead = 1000;

/// A journal's records, some at a time.
class EmbeddedReader final : public RecordReader {
 public:
  /// Null: there is no such journal.
  explicit EmbeddedReader(const EmbeddedJournal* journal) : journal_(journal) {}

  absl::StatusOr<std::optional<Sealed>> Next() override {
    if (next_ == ahead_.size()) {
      ahead_.clear();
      next_ = 0;
      if (absl::Status read = ReadAhead(); !read.ok()) return read;
    }
    if (next_ == ahead_.size()) return std::nullopt;
    return std::move(ahead_[next_++]);
  }

 private:
  absl::Status ReadAhead() {
    if (journal_ == nullptr) return absl::OkStatus();
    return journal_->Read(last_, [&](uint64_t offset, absl::string_view bytes) {
      last_ = offset;
      ahead_.push_back({offset, std::string(bytes)});
      return ahead_.size() < kReadAhead;
    });
  }

  const EmbeddedJournal* const journal_;
  uint64_t last_ = 0;
  std::vector<Sealed> ahead_;
  size_t next_ = 0;
};

class EmbeddedArchive final : public Archive {
 public:
  explicit EmbeddedArchive(std::string folder)
      : folder_(std::move(folder)), path_(folder_ + "/journals") {}

  bool IsThere() const { return std::filesystem::exists(path_ + "/CURRENT"); }

  absl::Status Open(std::vector<std::string> topics) {
    if (IsThere()) {
      std::vector<std::string> families;
      absl::Status listed =
          state::FromRocks(rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), path_, &families));
      if (!listed.ok()) return listed;
      topics.insert(topics.end(), families.begin(), families.end());
    }
    std::sort(topics.begin(), topics.end());
    topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
    topics.erase(std::remove(topics.begin(), topics.end(), "default"), topics.end());
    auto opened = state::Database::Open({path_, topics, state::Holds::kJournals, nullptr});
    if (!opened.ok()) return IfLocked(opened.status());
    database_ = *std::move(opened);
    absl::StatusOr<int> partitions = PartitionsOf(*database_, topics);
    if (!partitions.ok()) return partitions.status();
    layout_ = {std::move(topics), *partitions};
    return CheckHoldsJournals(*database_, folder_);
  }
  absl::Status CheckIsSource() { return CheckFinished(*database_, folder_); }

  /// A file of another user's in the folder would keep its process from starting.
  absl::Status CheckUser() const {
    struct stat found {};
    const bool is_there = stat(path_.c_str(), &found) == 0 || stat(folder_.c_str(), &found) == 0;
    if (!is_there || found.st_uid == geteuid()) return absl::OkStatus();
    return Refused("ANOTHER_USER", absl::StrCat(folder_, " belongs to the user with number ",
                                                found.st_uid, ": run this as that user (sudo -u)"));
  }

  const std::string& name() const override { return folder_; }
  const Layout& layout() const override { return layout_; }

  absl::StatusOr<std::unique_ptr<RecordReader>> Read(const std::string& topic,
                                                     int partition) override {
    return std::make_unique<EmbeddedReader>(Find(topic, partition));
  }
  absl::StatusOr<uint64_t> NextEpoch(const std::string& topic, int partition) override {
    return EpochOf(*database_, topic, partition);
  }
  absl::Status CheckUnchanged() override { return absl::OkStatus(); }  // RocksDB holds a lock

  absl::Status CheckTakes(const std::string&, int, uint64_t) override { return absl::OkStatus(); }
  absl::Status Begin(const Layout& layout) override {
    journals_.clear();
    database_.reset();
    std::error_code made;
    std::filesystem::create_directories(folder_, made);
    if (made)
      return absl::UnavailableError(absl::StrCat("cannot make ", folder_, ": ", made.message()));
    absl::Status begun = Open(layout.topics);
    if (begun.ok()) begun = SetUnfinished(*database_, true);
    if (begun.ok()) begun = SetPartitions(*database_, layout.partitions);
    return begun;
  }
  absl::Status Append(const std::string& topic, int partition,
                      const std::vector<Sealed>& records) override {
    return Find(topic, partition)->Append(records, Durability::kWithNext);
  }
  absl::Status SetNextEpoch(const std::string& topic, int partition, uint64_t epoch) override {
    return SetEpoch(*database_, topic, partition, epoch);
  }
  absl::Status Settle() override {
    // Synced, so all before it is; then read as after a start.
    absl::Status settled = SetUnfinished(*database_, true);
    return settled.ok() ? database_->Reopen() : settled;
  }
  absl::Status Finish() override { return SetUnfinished(*database_, false); }

 private:
  EmbeddedJournal* Find(const std::string& topic, int partition) {
    if (std::find(layout_.topics.begin(), layout_.topics.end(), topic) == layout_.topics.end())
      return nullptr;
    auto& journal = journals_[{topic, partition}];
    if (!journal) journal = std::make_unique<EmbeddedJournal>(*database_, topic, partition);
    return journal.get();
  }
  absl::Status IfLocked(const absl::Status& status) const {
    // RocksDB has no code of its own for it: by another process, and by this one.
    if (!absl::StrContains(status.message(), "While lock file") &&
        !absl::StrContains(status.message(), "lock hold by"))
      return status;
    return Refused("IN_USE", absl::StrCat("a process uses ", folder_, ": end it first (SIGTERM)"));
  }

  const std::string folder_, path_;
  Layout layout_;
  std::unique_ptr<state::Database> database_;
  std::map<std::pair<std::string, int>, std::unique_ptr<EmbeddedJournal>> journals_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Archive>> OpenEmbeddedArchive(const std::string& path,
                                                             bool is_target) {
  auto archive = std::make_unique<EmbeddedArchive>(path);
  if (absl::Status user = archive->CheckUser(); !user.ok()) return user;
  if (archive->IsThere()) {
    absl::Status opened = archive->Open({});
    if (opened.ok() && !is_target) opened = archive->CheckIsSource();
    if (!opened.ok()) return opened;
  } else if (!is_target) {
    return Refuse(absl::StatusCode::kNotFound, "NOT_FOUND",
                  absl::StrCat("there is no journal in ", path,
                               ": expected the folder that a process was given with --data"));
  }
  return archive;
}

}  // namespace ccfa::journal
