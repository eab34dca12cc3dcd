#include "common/state/database.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"

namespace ccfa::state {
namespace {

constexpr size_t kJournalsBuffer = 16 << 20;
// Shared by the partitions of a service.
constexpr size_t kTablesBuffer = 64 << 20;
constexpr size_t kSmallestBuffer = 4 << 20;
constexpr size_t kBlockCache = 32 << 20;
constexpr size_t kProbeBytes = 4 << 20;

/// RocksDB's own log is not kept: after a failed write to it, as on a full disk, RocksDB 7.8 ends
/// the process at the next one. What went wrong comes back as a status.
class NoLog : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::ColumnFamilyOptions FamilyOptions(Holds holds, size_t families,
                                           const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions blocks;
  blocks.block_cache = cache;
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = kJournalsBuffer;
  // Records of one partition, and rows of one table, mostly come in the order of their keys: each
  // is looked for where the last one of its kind went.
  options.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewFixedPrefixTransform(holds == Holds::kTables ? 1 : 2));
  if (holds == Holds::kTables) {
    options.write_buffer_size = std::max(kTablesBuffer / families, kSmallestBuffer);
    // A writer mostly asks for rows that are not there: new requests, new calls.
    options.memtable_prefix_bloom_size_ratio = 0.05;
    options.memtable_whole_key_filtering = true;
    blocks.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  return options;
}

/// Shared by all databases of the process: what is read most stays, whosever it is.
std::shared_ptr<rocksdb::Cache> BlockCache() {
  static const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(kBlockCache);
  return cache;
}

}  // namespace

absl::Status FromRocks(const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsNotFound()) return absl::NotFoundError(status.ToString());
  if (status.IsCorruption()) {
    return Refuse(absl::StatusCode::kDataLoss, "STORAGE_DAMAGED", status.ToString());
  }
  return TryLater(absl::StatusCode::kUnavailable,
                  status.IsNoSpace() ? "DISK_FULL" : "STORAGE_FAILED", status.ToString(), 1000);
}

OpenDatabase::OpenDatabase(rocksdb::DB* db,
                           const std::vector<rocksdb::ColumnFamilyHandle*>& handles)
    : db_(db) {
  for (auto* handle : handles) families_[handle->GetName()] = Own(handle);
}

OpenDatabase::~OpenDatabase() {
  families_.clear();
  db_->Close().PermitUncheckedError();
}

Family OpenDatabase::Own(rocksdb::ColumnFamilyHandle* handle) const {
  return Family(handle, [db = db_.get()](rocksdb::ColumnFamilyHandle* owned) {
    db->DestroyColumnFamilyHandle(owned).PermitUncheckedError();
  });
}

Family OpenDatabase::family(const std::string& name) const {
  std::lock_guard lock(mutex_);
  return families_.at(name);
}

absl::Status OpenDatabase::Empty(const std::string& name) {
  std::lock_guard lock(mutex_);
  Family& family = families_.at(name);
  rocksdb::ColumnFamilyDescriptor descriptor;
  if (auto s = family->GetDescriptor(&descriptor); !s.ok()) return FromRocks(s);
  if (auto s = db_->DropColumnFamily(family.get()); !s.ok()) return FromRocks(s);
  rocksdb::ColumnFamilyHandle* handle = nullptr;
  auto s = db_->CreateColumnFamily(descriptor.options, name, &handle);
  if (s.ok()) family = Own(handle);
  return FromRocks(s);
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(Options options) {
  std::unique_ptr<Database> database(new Database(std::move(options)));
  if (absl::Status status = database->OpenNow(); !status.ok()) return status;
  return database;
}

absl::Status Database::OpenNow() {
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.max_background_jobs = 2;
  // A synced append need not wait while another journal's records go into the memtable.
  options.enable_pipelined_write = options_.holds == Holds::kJournals;
  options.max_file_opening_threads = 1;
  // Insertion by hint is for one thread at a time, as a writer is.
  options.allow_concurrent_memtable_write = false;
  options.info_log = std::make_shared<NoLog>();
  // Statistics would only go into that log.
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  if (options_.env) options.env = options_.env.get();

  rocksdb::ColumnFamilyOptions family =
      FamilyOptions(options_.holds, std::max<size_t>(options_.families.size(), 1), BlockCache());
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors = {
      {rocksdb::kDefaultColumnFamilyName, family}};
  for (const std::string& name : options_.families) descriptors.push_back({name, family});

  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::Status status = rocksdb::DB::Open(options, options_.path, descriptors, &handles, &db);
  if (!status.ok()) {
    absl::Status failed = FromRocks(status);
    return Refuse(failed.code(), ReasonOf(failed),
                  absl::StrCat("cannot open ", options_.path, ": ", status.ToString()));
  }
  auto open = std::make_shared<OpenDatabase>(db, handles);

  std::lock_guard lock(mutex_);
  open_ = std::move(open);
  failure_ = absl::OkStatus();
  ++generation_;
  return absl::OkStatus();
}

std::shared_ptr<OpenDatabase> Database::Lease() const {
  std::lock_guard lock(mutex_);
  return open_;
}

uint64_t Database::generation() const {
  std::lock_guard lock(mutex_);
  return generation_;
}

void Database::Fail(const absl::Status& why) {
  std::lock_guard lock(mutex_);
  if (failure_.ok()) failure_ = why;
}

absl::Status Database::failure() const {
  std::lock_guard lock(mutex_);
  return failure_;
}

absl::Status Database::ProbeDisk() const {
  rocksdb::Env* env = options_.env ? options_.env.get() : rocksdb::Env::Default();
  std::string path = options_.path + "/probe";
  std::unique_ptr<rocksdb::WritableFile> file;
  rocksdb::Status status = env->NewWritableFile(path, &file, rocksdb::EnvOptions());
  if (status.ok()) status = file->Append(std::string(kProbeBytes, '\0'));
  if (status.ok()) status = file->Sync();
  if (file) status = status.ok() ? file->Close() : status;
  env->DeleteFile(path).PermitUncheckedError();
  return FromRocks(status);
}

absl::Status Database::Reopen() {
  if (absl::Status status = ProbeDisk(); !status.ok()) return status;
  std::shared_ptr<OpenDatabase> closing;
  {
    std::lock_guard lock(mutex_);
    closing = std::move(open_);
    open_ = nullptr;
  }
  while (closing.use_count() > 1) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  closing.reset();
  return OpenNow();
}

}  // namespace ccfa::state
