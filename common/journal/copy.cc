#include "common/journal/copy.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/hash.h"
#include "common/core/refusal.h"

namespace ccfa::journal {
namespace {

constexpr size_t kBatchRecords = 2000;
constexpr size_t kBatchBytes = 4 << 20;
constexpr uint64_t kProgressEvery = 1000;

std::string Short(absl::string_view hash) {
  return absl::BytesToHexString(hash.substr(0, 8));
}

/// Counts what was done, over all partitions of a stage.
class Counter {
 public:
  Counter(const OnCopied& progress, CopyStage stage, uint64_t total)
      : progress_(progress), stage_(stage), total_(total) {}
  ~Counter() { progress_(stage_, done_, total_); }
  void Add(uint64_t records = 1) {
    const uint64_t before = done_;
    done_ += records;
    if (done_ / kProgressEvery != before / kProgressEvery) progress_(stage_, done_, total_);
  }

 private:
  const OnCopied& progress_;
  const CopyStage stage_;
  const uint64_t total_;
  uint64_t done_ = 0;
};

/// One hash over every record: of their hashes, so that none can give bytes to the next.
class Walk {
 public:
  void Add(const Sealed& record) {
    digester_.Add(Digest(record.bytes));
    ++records_;
  }
  uint64_t records() const { return records_; }
  std::string Hash() { return absl::BytesToHexString(digester_.Finish()); }

 private:
  Digester digester_;
  uint64_t records_ = 0;
};

/// The links of one partition's records.
class Chain {
 public:
  explicit Chain(std::string place) : place_(std::move(place)) {}

  absl::Status Follow(const Sealed& sealed) {
    if (!record_.ParseFromString(sealed.bytes)) return Broken(sealed, "cannot be decoded");
    if (sealed.seq != seq_ + 1 || record_.seq() != sealed.seq)
      return Broken(sealed, absl::StrCat("follows seq ", seq_));
    std::string& head = heads_[record_.council()];
    if (record_.previous_hash() != head)
      return Broken(sealed, "does not follow its council's last record");
    if (record_.epoch() < epoch_)
      return Broken(sealed,
                    absl::StrCat("is of epoch ", record_.epoch(), ", after one of ", epoch_));
    head = Digest(sealed.bytes);
    seq_ = sealed.seq;
    epoch_ = record_.epoch();
    return absl::OkStatus();
  }
  uint64_t epoch() const { return epoch_; }

 private:
  absl::Status Broken(const Sealed& sealed, absl::string_view what) const {
    return absl::DataLossError(absl::StrCat(place_, " seq ", sealed.seq, " ", what,
                                            "; nothing of a damaged journal is copied"));
  }

  const std::string place_;
  record::v1::Record record_;
  std::map<std::string, std::string> heads_;
  uint64_t seq_ = 0;
  uint64_t epoch_ = 0;
};

/// One copy of one archive into another.
class Copier {
 public:
  Copier(Archive& from, Archive& to, const OnCopied& progress, const AlsoCopy& also)
      : from_(from), to_(to), progress_(progress), also_(also) {}

  absl::StatusOr<std::vector<CopiedPartition>> Run() {
    for (auto step : {&Copier::Compare, &Copier::Fill, &Copier::Verify}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    return std::move(partitions_);
  }

 private:
  /// Reads all of both sides, and writes nothing.
  absl::Status Compare() {
    const Layout &has = to_.layout(), &wanted = from_.layout();
    if (wanted.partitions == 0) {
      return Refuse(absl::StatusCode::kNotFound, "NOTHING_TO_COPY",
                    absl::StrCat("no record was ever written to ", from_.name()));
    }
    if (has.partitions != 0 && has.partitions != wanted.partitions) {
      return Refused(
          "PARTITIONS_DIFFER",
          absl::StrCat(to_.name(), " has ", has.partitions, " partitions of every topic, ",
                       from_.name(), " has ", wanted.partitions,
                       ", and where a council's records are never changes; copy to an empty "
                       "folder, or to a Kafka without topics ccfa.*: they are made as the source "
                       "has them"));
    }
    std::vector<std::string> topics = wanted.topics;
    for (const std::string& topic : has.topics) {
      if (std::find(topics.begin(), topics.end(), topic) == topics.end()) topics.push_back(topic);
    }
    Counter counter(progress_, CopyStage::kCheck, 0);
    for (const std::string& topic : topics) {
      for (int i = 0; i < wanted.partitions; ++i) {
        absl::Status compared = ComparePartition(topic, i, counter);
        if (!compared.ok()) return compared;
      }
    }
    return absl::OkStatus();
  }

  absl::Status ComparePartition(const std::string& topic, int partition, Counter& counter) {
    const std::string place = absl::StrCat(topic, " partition ", partition);
    auto source = from_.Read(topic, partition);
    if (!source.ok()) return source.status();
    auto target = to_.Read(topic, partition);
    if (!target.ok()) return target.status();
    Chain chain(absl::StrCat(from_.name(), ": ", place));
    Walk walk;
    CopiedPartition& outcome = partitions_.emplace_back();
    outcome.topic = topic;
    outcome.partition = partition;
    bool is_missing = false;
    while (true) {
      absl::StatusOr<std::optional<Sealed>> wanted = (*source)->Next();
      if (!wanted.ok()) return wanted.status();
      std::optional<Sealed> there;
      if (!is_missing) {
        absl::StatusOr<std::optional<Sealed>> next = (*target)->Next();
        if (!next.ok()) return next.status();
        there = *std::move(next);
        is_missing = !there;
      }
      if (there && (!*wanted || (*wanted)->bytes != there->bytes))
        return Differs(place, *wanted, *there);
      if (!*wanted) break;
      if (absl::Status follows = chain.Follow(**wanted); !follows.ok()) return follows;
      if (is_missing && outcome.copied++ == 0) {
        absl::Status taken = to_.CheckTakes(topic, partition, chain.epoch());
        if (!taken.ok()) return taken;
      }
      walk.Add(**wanted);
      counter.Add();
    }
    outcome.records = walk.records();
    outcome.source_hash = walk.Hash();
    return absl::OkStatus();
  }

  absl::Status Differs(const std::string& place, const std::optional<Sealed>& wanted,
                       const Sealed& there) const {
    const std::string has =
        absl::StrCat(to_.name(), " has ", Short(Digest(there.bytes)), " as its record");
    if (!wanted) {
      return Refused("TARGET_IS_AHEAD",
                     absl::StrCat(place, " seq ", there.seq, ": ", has, ", ", from_.name(),
                                  " ends before it: the target was used since, or is another's; "
                                  "copy the other way round, or to an empty target"));
    }
    return Refused(
        "TARGET_DIFFERS",
        absl::StrCat(place, " seq ", there.seq, ": ", has, ", ", from_.name(), " has ",
                     Short(Digest(wanted->bytes)),
                     ": both were used since they were one; keep one, and copy it to an empty "
                     "target"));
  }

  absl::Status Fill() {
    if (absl::Status begun = to_.Begin(from_.layout()); !begun.ok()) return begun;
    uint64_t total = 0;
    for (const CopiedPartition& partition : partitions_) total += partition.copied;
    Counter counter(progress_, CopyStage::kCopy, total);
    for (const CopiedPartition& partition : partitions_) {
      absl::Status filled;
      if (partition.copied > 0) filled = FillPartition(partition, counter);
      if (!filled.ok()) return filled;
      absl::StatusOr<uint64_t> epoch = from_.NextEpoch(partition.topic, partition.partition);
      if (!epoch.ok()) return epoch.status();
      filled = to_.SetNextEpoch(partition.topic, partition.partition, *epoch);
      if (!filled.ok()) return filled;
    }
    if (absl::Status copied = also_(); !copied.ok()) return copied;
    return to_.Settle();
  }

  absl::Status FillPartition(const CopiedPartition& partition, Counter& counter) {
    auto source = from_.Read(partition.topic, partition.partition);
    if (!source.ok()) return source.status();
    std::vector<Sealed> batch;
    size_t bytes = 0;
    auto append = [&] {
      absl::Status appended = to_.Append(partition.topic, partition.partition, batch);
      if (appended.ok()) counter.Add(batch.size());
      batch.clear();
      bytes = 0;
      return appended;
    };
    // To the end: behind the last record stands who gave the partition up.
    while (true) {
      absl::StatusOr<std::optional<Sealed>> next = (*source)->Next();
      if (!next.ok()) return next.status();
      if (!*next) break;
      if ((*next)->seq <= partition.records - partition.copied) continue;
      bytes += (*next)->bytes.size();
      batch.push_back(*std::move(*next));
      if (batch.size() < kBatchRecords && bytes < kBatchBytes) continue;
      if (absl::Status appended = append(); !appended.ok()) return appended;
    }
    return append();
  }

  absl::Status Verify() {
    uint64_t total = 0;
    for (const CopiedPartition& partition : partitions_) total += partition.records;
    Counter counter(progress_, CopyStage::kVerify, total);
    bool equal = true;
    for (CopiedPartition& partition : partitions_) {
      auto target = to_.Read(partition.topic, partition.partition);
      if (!target.ok()) return target.status();
      Walk walk;
      while (true) {
        absl::StatusOr<std::optional<Sealed>> next = (*target)->Next();
        if (!next.ok()) return next.status();
        if (!*next) break;
        walk.Add(**next);
        counter.Add();
      }
      partition.target_hash = walk.Hash();
      equal &= partition.target_hash == partition.source_hash;
    }
    if (absl::Status unchanged = from_.CheckUnchanged(); !unchanged.ok()) return unchanged;
    // What differs is told with the hashes, and stays closed to processes.
    return equal ? to_.Finish() : absl::OkStatus();
  }

  Archive& from_;
  Archive& to_;
  const OnCopied& progress_;
  const AlsoCopy& also_;
  std::vector<CopiedPartition> partitions_;
};

}  // namespace

absl::Status Refused(absl::string_view reason, absl::string_view message) {
  return Refuse(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::StatusOr<std::vector<CopiedPartition>> Copy(Archive& from, Archive& to,
                                                  const OnCopied& progress, const AlsoCopy& also) {
  return Copier(from, to, progress, also).Run();
}

}  // namespace ccfa::journal
