#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/journal/kafka.h"
#include "common/journal/kafka_ends.h"
#include "common/journal/kafka_files.h"
#include "common/journal/kafka_reader.h"

namespace ccfa::journal {

/// Every partition that a process reads, and those among them that it may own: reads for their
/// journals, claims what nobody has or whose owner is silent, and keeps leases going.
class KafkaPartitions {
 public:
  /// Whether the process at an address says that it still has a partition.
  using Has =
      std::function<bool(const std::string& address, const std::string& topic, int partition)>;

  struct Options {
    KafkaSettings settings;
    /// The address at which this process answers; empty when it only reads.
    std::string owner;
    Has has = [](const std::string&, const std::string&, int) { return true; };
    /// Whether a partition nobody has is claimed at once, or left to others for a moment.
    std::function<bool(int partition)> is_first = [](int) { return true; };
  };

  /// `copies` has a family for every topic and outlives this.
  static absl::StatusOr<std::unique_ptr<KafkaPartitions>> Create(Options options,
                                                                 state::Database& copies);
  ~KafkaPartitions();

  /// A partition to read, and to own when `may_own`. Before `Start`.
  absl::StatusOr<std::unique_ptr<KafkaJournal>> Open(const std::string& topic, int partition,
                                                     bool may_own);
  /// Another's follower, read on the same thread. Before `Start`.
  void Follow(KafkaFollower& follower) { followers_.push_back(&follower); }

  /// Begins to read and to claim. What was opened outlives this, or its `Stop`.
  absl::Status Start();
  /// Gives every partition up. Nothing is claimed any more.
  void Release();
  /// Reads and rings no more, and answers whoever still waits.
  void Stop();

 private:
  /// How often in a row an owner did not say that it has its partition.
  struct Silence {
    std::string owner;
    int looks = 0;
    absl::Duration next_look;
  };

  KafkaPartitions(Options options, state::Database& copies, std::unique_ptr<KafkaReader> reader,
                  std::unique_ptr<KafkaEnds> ends);

  void KeepLeases();
  void ClaimWhatIsFree();
  /// Looks for files that were replaced, and makes every session anew once Kafka takes them.
  void TakeUpNewFiles();
  void RenewSessions();
  /// Waits so long, or until somebody asks. False: stop.
  bool Wait(absl::Duration longest, bool until_asked);
  /// Whether a partition in this state is this process's to take.
  bool ShouldTake(KafkaJournal& journal, const KafkaJournal::Ownership& ownership);
  bool IsSilent(KafkaJournal& journal, const std::string& owner);

  const Options options_;
  state::Database& copies_;
  const std::unique_ptr<KafkaReader> reader_;
  const std::unique_ptr<KafkaEnds> ends_;
  std::vector<KafkaJournal*> journals_;
  std::vector<KafkaFollower*> followers_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable asked_or_stopping_;
  bool asked_ = false;
  bool stopping_ = false;

  // The claiming thread's own.
  std::map<KafkaJournal*, absl::Duration> free_since_;
  std::map<KafkaJournal*, Silence> silences_;

  KafkaFiles files_;  // the renewing thread's own

  std::thread leases_, claims_, renewals_;
};

}  // namespace ccfa::journal
