#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "common/core/clock.h"
#include "common/engine/books.h"
#include "common/engine/past.h"
#include "common/engine/stepper.h"
#include "common/journal/journal.h"
#include "common/state/database.h"
#include "common/state/snapshot.h"

namespace ccfa::engine {

/// What a read model makes of the events of others.
class Projection {
 public:
  virtual ~Projection() = default;
  /// Folds one record of a topic into the tables, and keeps nothing elsewhere: the past is folded
  /// by another thread, into tables of its own. An event it does not know is UNIMPLEMENTED: that
  /// topic is read no further.
  virtual absl::Status Project(state::Rows& rows, absl::string_view topic,
                               const record::v1::Record& record) = 0;
  /// Another one whenever events that were folded before come to mean something else: tables of
  /// another edition are folded again at the start.
  virtual uint64_t edition() const { return 1; }
};

/// Keeps a read model: reads every source, folds it, and remembers how far it came with the same
/// write. Has no journal and decides nothing.
class Projector final : public Stepper {
 public:
  Projector(std::string service, std::string tables, Projection& projection,
            std::vector<journal::Journal*> sources, state::Database& database);

  /// Calls `then` once everything that stands in the sources now has been folded, or with the
  /// reason why it will not be. At once when it already has. Any thread.
  using Then = absl::AnyInvocable<void(absl::Status)>;
  void WhenCaughtUp(Then then);

  /// The tables as folded so far. Any thread.
  absl::StatusOr<std::unique_ptr<state::Snapshot>> Read() const;
  /// As at a moment, once it has caught up; as folded so far without one. Any thread.
  absl::StatusOr<std::unique_ptr<state::Rows>> ReadAsAt(std::optional<absl::Time> moment);

  const std::string& service() const override { return service_; }
  int partition() const override { return sources_.front().journal->partition(); }
  absl::Status Prepare() override;
  bool Step() override;
  bool HasWork() const override { return batch_was_full_; }
  absl::Time NextDue() override { return absl::InfiniteFuture(); }
  absl::Duration LongestSleep() const override { return absl::Milliseconds(50); }
  void OnWork(std::function<void()> ring) override;
  absl::Status Health() const override;
  std::vector<Progress> ReadProgress() const override;
  absl::StatusOr<RebuildResult> Rebuild(const OnProgress& progress) override;

 private:
  using Lease = std::shared_ptr<state::OpenDatabase>;
  struct Source {
    journal::Journal* journal;
    uint64_t applied = 0;
    absl::Status fault;
  };
  struct Waiting {
    std::vector<uint64_t> ends;
    Then then;
  };

  /// Where the sources end, while they are being asked.
  struct Question {
    std::mutex mutex;
    std::vector<uint64_t> ends;
    size_t unknown = 0;
    absl::Status failure;
    Then then;
  };

  /// Calls `then` once everything up to `ends` has been folded.
  void AnswerAt(std::vector<uint64_t> ends, Then then);
  /// False: the sources cannot be read now.
  bool EnsureLoaded(const Lease& database);
  absl::Status Load(const Lease& database);
  uint64_t EditionOf(const Lease& database) const;
  /// How far each source has been folded into the tables.
  std::vector<uint64_t> AppliedIn(const Lease& database) const;
  /// Changes whenever the tables, or what they were folded from, may have become others.
  std::vector<uint64_t> Generations() const;
  /// Folds up to a batch of each source. True when something was folded.
  absl::StatusOr<bool> Fold(const Lease& database);
  absl::Status FoldSource(state::Rows& rows, Source& source, uint64_t end, uint64_t* read_to);
  /// Answers whoever waited for what is folded now; all of them when folding has failed.
  void AnswerWaiting(const absl::Status& failure);
  /// OK when the sources are folded up to `ends`; UNAVAILABLE when they will be; else the fault.
  absl::Status ReachedLocked(const std::vector<uint64_t>& ends) const;

  const std::string service_;
  const std::string tables_;
  Projection& projection_;
  Past past_;
  state::Database& database_;
  std::function<void()> ring_ = [] {};
  std::vector<uint64_t> loaded_;
  bool batch_was_full_ = false;

  mutable std::mutex mutex_;  // guards what follows
  std::vector<Source> sources_;
  std::vector<Waiting> waiting_;
  bool readable_ = false;
};

}  // namespace ccfa::engine
