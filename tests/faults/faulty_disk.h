#pragma once

#include <atomic>
#include <memory>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace ccfa::faults {

/// The machine's file system, until it is told to fail: then files refuse to grow as on a full
/// disk, or take what is written and fail to sync it.
class FaultyDisk final : public rocksdb::FileSystemWrapper {
 public:
  enum class Fault { kNone, kFull, kSyncFails };

  FaultyDisk() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  void Become(Fault fault) { fault_ = fault; }
  Fault fault() const { return fault_; }
  int syncs() const { return syncs_; }
  void CountSync() { ++syncs_; }

  const char* Name() const override { return "FaultyDisk"; }
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;

 private:
  std::atomic<Fault> fault_ = Fault::kNone;
  std::atomic<int> syncs_ = 0;
};

}  // namespace ccfa::faults
