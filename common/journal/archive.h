#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/journal/journal.h"

namespace ccfa::journal {

/// Which topics an archive has, and how many partitions each of them has.
struct Layout {
  std::vector<std::string> topics;
  /// 0: nothing is there yet.
  int partitions = 0;
};

/// Reads the records that have effect in a partition, one after the other.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  /// The next record; none at the end.
  virtual absl::StatusOr<std::optional<Sealed>> Next() = 0;
};

/// A whole journal, all topics of it, while no process serves it: read and filled by `Copy`. One
/// reader at a time, one thread.
class Archive {
 public:
  virtual ~Archive() = default;

  /// As the operator wrote it: a folder, or kafka://HOST:PORT.
  virtual const std::string& name() const = 0;
  virtual const Layout& layout() const = 0;

  /// From the first record; a partition that is not there is empty. At its end FAILED_PRECONDITION
  /// when a process has the partition.
  virtual absl::StatusOr<std::unique_ptr<RecordReader>> Read(const std::string& topic,
                                                             int partition) = 0;
  /// The epoch under which whoever takes the partition over from here writes. Once it was read.
  virtual absl::StatusOr<uint64_t> NextEpoch(const std::string& topic, int partition) = 0;
  /// FAILED_PRECONDITION when a partition is not as it was read.
  virtual absl::Status CheckUnchanged() = 0;

  /// Whether a record of this epoch would have effect behind what was read.
  virtual absl::Status CheckTakes(const std::string& topic, int partition, uint64_t epoch) = 0;
  /// Makes what is missing of the layout. From here to `Finish` no process opens it.
  virtual absl::Status Begin(const Layout& layout) = 0;
  /// Behind what was read, in order. An error leaves the outcome unknown: read it again.
  virtual absl::Status Append(const std::string& topic, int partition,
                              const std::vector<Sealed>& records) = 0;
  /// The epoch under which the partition is written from here on.
  virtual absl::Status SetNextEpoch(const std::string& topic, int partition, uint64_t epoch) = 0;
  /// What was appended is durable, and what is read from here on was.
  virtual absl::Status Settle() = 0;
  /// It is complete.
  virtual absl::Status Finish() = 0;
};

/// FAILED_PRECONDITION, for this reason: what whoever copies has to set right first.
absl::Status Refused(absl::string_view reason, absl::string_view message);

/// The journal under `path`, which is a folder of `ccfa-all --data`. As a target it may be missing,
/// as a source NOT_FOUND. FAILED_PRECONDITION when a process uses it.
absl::StatusOr<std::unique_ptr<Archive>> OpenEmbeddedArchive(const std::string& path,
                                                             bool is_target);

}  // namespace ccfa::journal
