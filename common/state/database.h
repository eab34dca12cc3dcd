#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"

namespace ccfa::state {

/// A RocksDB's error as ours: NoSpace and other I/O errors are UNAVAILABLE, damage is DATA_LOSS.
absl::Status FromRocks(const rocksdb::Status& status);

/// A column family; whoever holds it may use it even after the family was emptied.
using Family = std::shared_ptr<rocksdb::ColumnFamilyHandle>;

/// An open RocksDB and its column families. Whoever holds it keeps it open. Thread-safe.
class OpenDatabase {
 public:
  OpenDatabase(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& handles);
  ~OpenDatabase();
  OpenDatabase(const OpenDatabase&) = delete;
  OpenDatabase& operator=(const OpenDatabase&) = delete;

  rocksdb::DB& db() const { return *db_; }
  Family family(const std::string& name) const;
  /// Drops a family's rows at once; readers of the family as it was may finish.
  absl::Status Empty(const std::string& family);

 private:
  Family Own(rocksdb::ColumnFamilyHandle* handle) const;

  std::unique_ptr<rocksdb::DB> db_;
  mutable std::mutex mutex_;
  std::map<std::string, Family> families_;
};

/// What a database holds, and so what it owes the disk.
enum class Holds {
  /// The truth: every write goes into the log, and is synced when somebody waits for it.
  kJournals,
  /// What can be folded again from the journals: written without a log.
  kTables,
};

/// A RocksDB with a column family for each journal, or for each service's tables. Thread-safe.
///
/// A failed write or sync leaves it failed: reads go on, every write is refused, and a sync is
/// never retried. `Reopen` recovers as after a crash, once the disk takes writes again.
class Database {
 public:
  struct Options {
    std::string path;
    std::vector<std::string> families;
    Holds holds;
    /// Null: the machine's own disk. Tests pass one that fails on demand.
    std::shared_ptr<rocksdb::Env> env;
  };

  static absl::StatusOr<std::unique_ptr<Database>> Open(Options options);

  /// The open database; null while it is being reopened.
  std::shared_ptr<OpenDatabase> Lease() const;
  /// Counts openings: whoever kept something of an earlier one must read it again.
  uint64_t generation() const;

  /// Notes that a write failed. From then on `failure()` is not OK until `Reopen` succeeds.
  void Fail(const absl::Status& why);
  absl::Status failure() const;

  /// Tries the disk with a synced probe file, waits for the leases to end, closes, opens. To be
  /// called by one thread that holds no lease.
  absl::Status Reopen();

 private:
  explicit Database(Options options) : options_(std::move(options)) {}
  absl::Status OpenNow();
  absl::Status ProbeDisk() const;

  const Options options_;
  mutable std::mutex mutex_;
  std::shared_ptr<OpenDatabase> open_;
  uint64_t generation_ = 0;
  absl::Status failure_;
};

}  // namespace ccfa::state
