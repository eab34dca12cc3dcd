#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/journal/archive.h"

namespace ccfa::journal {

/// What became of one partition.
struct CopiedPartition {
  std::string topic;
  int partition = 0;
  uint64_t records = 0;
  /// How many of them were not there before.
  uint64_t copied = 0;
  /// One hash over all records, of the source and of the target as read again afterwards.
  std::string source_hash;
  std::string target_hash;
};

enum class CopyStage { kCheck, kCopy, kVerify };

/// Records done and in all; 0 in all where that is not known.
using OnCopied = std::function<void(CopyStage stage, uint64_t done, uint64_t total)>;

/// What comes along: done when all records are there, before they are read again and opened.
using AlsoCopy = std::function<absl::Status()>;

/// Brings `to` to where `from` is, partition for partition and byte for byte; what an interrupted
/// copy left is gone on with. Nothing is written before all of it was checked: the source is whole,
/// and what the target has is how the source begins.
///
/// DATA_LOSS: the source is damaged, or the target is not what was written. FAILED_PRECONDITION:
/// one of them is in use, or the target has what the source has not. UNAVAILABLE: the disk or the
/// broker failed; run it again.
absl::StatusOr<std::vector<CopiedPartition>> Copy(
    Archive& from, Archive& to, const OnCopied& progress,
    const AlsoCopy& also = [] { return absl::OkStatus(); });

}  // namespace ccfa::journal
