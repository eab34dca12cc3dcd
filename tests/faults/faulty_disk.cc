#include "tests/faults/faulty_disk.h"

namespace ccfa::faults {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(FaultyDisk& disk, std::unique_ptr<rocksdb::FSWritableFile>&& file)
      : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* debug) override {
    if (disk_.fault() == FaultyDisk::Fault::kFull) return IOStatus::NoSpace("the disk is full");
    return FSWritableFileOwnerWrapper::Append(data, options, debug);
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& info, IODebugContext* debug) override {
    if (disk_.fault() == FaultyDisk::Fault::kFull) return IOStatus::NoSpace("the disk is full");
    return FSWritableFileOwnerWrapper::Append(data, options, info, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    disk_.CountSync();
    if (disk_.fault() == FaultyDisk::Fault::kSyncFails) return IOStatus::IOError("the sync failed");
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }

 private:
  FaultyDisk& disk_;
};

}  // namespace

rocksdb::IOStatus FaultyDisk::NewWritableFile(const std::string& path,
                                              const rocksdb::FileOptions& options,
                                              std::unique_ptr<rocksdb::FSWritableFile>* file,
                                              rocksdb::IODebugContext* debug) {
  rocksdb::IOStatus made = FileSystemWrapper::NewWritableFile(path, options, file, debug);
  if (made.ok()) *file = std::make_unique<FaultyFile>(*this, std::move(*file));
  return made;
}

}  // namespace ccfa::faults
