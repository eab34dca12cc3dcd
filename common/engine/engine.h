#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "common/core/clock.h"
#include "common/engine/answerer.h"
#include "common/engine/command.h"
#include "common/engine/command_queue.h"
#include "common/engine/past.h"
#include "common/engine/rules.h"
#include "common/engine/stepper.h"
#include "common/engine/turn.h"
#include "common/journal/journal.h"
#include "common/state/database.h"
#include "common/state/snapshot.h"

namespace ccfa::engine {

/// A service's single writer: drains the waiting commands, the events of its sources and its due
/// clocks, turn by turn. Tables are the fold of its journal and are folded again from where they
/// stand on every start, after a storage failure, and on `Rebuild`.
class Engine final : public Stepper {
 public:
  struct Options {
    std::string service;
    /// The column family of its tables.
    std::string tables;
    size_t queue_capacity = 4096;
    size_t commands_a_turn = 256;
    /// Of every topic: which councils are this engine's.
    int partitions = 1;
  };

  /// `sources` are the topics it reacts to, its own among them where it does, and the other
  /// partitions of its own topic where events cross from council to council. All outlive it.
  Engine(Options options, Rules& rules, journal::Journal& journal,
         std::vector<journal::Journal*> sources, state::Database& database, const TimeSource& time,
         const calendar::Calendar& calendar);

  /// Queues a command for the next turn. When the queue is full or the service does not take
  /// commands, `done` is called at once with RESOURCE_EXHAUSTED or UNAVAILABLE. Any thread.
  void Submit(Command command);

  /// Gives answers from another thread while the next turn is taken. To be set before the first
  /// step; outlives the steps.
  void AnswerOn(Answerer* answerer) { answerer_ = answerer; }

  /// The committed tables: everything that was acknowledged is in them. Otherwise why not, and who
  /// has them. Any thread.
  absl::StatusOr<std::unique_ptr<state::Snapshot>> Read() const;

  /// The tables as far as they are folded here, where another process may have written more. Any
  /// thread.
  absl::StatusOr<std::unique_ptr<state::Snapshot>> ReadAsFollower() const;

  /// Where reads as at a past moment are answered from; outlives it. Before the first read.
  void KnowPast(Past* past) { past_ = past; }
  Past* past() const { return past_; }

  /// Its time and its nation's days, for reads that depend on the day. Any thread.
  absl::Time Now() const { return time_.Now(); }
  const calendar::Calendar& calendar() const { return calendar_; }

  /// What it has done since the start. Any thread.
  struct Counts {
    uint64_t waiting;
    uint64_t decided;
    uint64_t appended;
    uint64_t turns;
  };
  Counts counts() const { return {queue_.size(), decided_, appended_, turns_}; }

  const Rules& rules() const { return rules_; }
  const std::string& topic() const { return journal_.topic(); }
  const std::string& service() const override { return options_.service; }
  int partition() const override { return journal_.partition(); }
  absl::Status Prepare() override;
  bool Step() override;
  bool HasWork() const override;
  absl::Time NextDue() override { return next_due_; }
  /// Short while it does not serve: what it waits for rings nobody.
  absl::Duration LongestSleep() const override {
    return Health().ok() ? absl::Seconds(1) : absl::Milliseconds(100);
  }
  void OnWork(std::function<void()> ring) override;
  absl::Status Health() const override;
  std::vector<Progress> ReadProgress() const override;
  absl::StatusOr<RebuildResult> Rebuild(const OnProgress& progress) override;

 private:
  struct Source {
    journal::Journal* journal;
    /// Another partition of its own topic: only what crosses from there matters.
    bool is_across = false;
    Books::Cursor cursor;
    absl::Status fault;
    /// The cursor's offset in the tables: behind by what led to nothing.
    uint64_t kept = 0;
  };

  /// What the tables were folded over, and from.
  struct Generation {
    uint64_t tables = 0;
    uint64_t journal = 0;
    bool operator==(const Generation&) const = default;
  };

  using Lease = std::shared_ptr<state::OpenDatabase>;

  /// Folds what the tables lack since the database was last opened. False: commands cannot be
  /// taken.
  bool EnsureLoaded(const Lease& database);
  absl::Status Load(const Lease& database, const OnProgress& progress);
  /// Folds what another process, which owns the journal, has appended.
  void Follow(const Lease& database);
  absl::Status Replay(const Lease& database, const OnProgress& progress);
  /// Whether the tables know records that no journal has.
  absl::StatusOr<bool> TablesAreStale(const Lease& database) const;
  /// Reads sources into the turn until it is full; whole causes only, so that a turn's one append
  /// carries everything a cause led to. True when something was read.
  bool TakeReactions(Turn& turn, absl::Time now);
  /// Stages how far the sources have been read, when the turn is committed anyway or has read much.
  void KeepCursors(Turn& turn);
  void LookUpNextDue(state::Rows& rows, absl::Time now);
  /// Lets the turn's own events lead to more of it, which spares reading them back.
  bool TakeOwnReactions(Turn& turn, Source& source, absl::Time now);
  /// A source has been dealt with up to `offset`. True when that is further than before.
  bool MoveOn(Source& source, uint64_t offset, const absl::Status& read);
  /// Decides what one record of a source leads to.
  /// What a cursor, and the cause of what it leads to, calls it.
  record::v1::Cause CauseIn(const Source& source) const;
  bool Concerns(const Source& source, Interest interest) const {
    return source.is_across ? interest != Interest::kReacts && interest != Interest::kIgnores
                            : interest != Interest::kIgnores;
  }
  void TakeOne(Turn& turn, Source& source, uint64_t offset, absl::string_view bytes,
               absl::Time now);
  /// Whether commands are taken, and whether the tables can be read meanwhile.
  void SetServing(const absl::Status& health, bool readable);
  void RefuseWaiting(const absl::Status& why);
  void Answer(Turn& turn);

  const Options options_;
  Rules& rules_;
  journal::Journal& journal_;
  state::Database& database_;
  const TimeSource& time_;
  const calendar::Calendar& calendar_;
  CommandQueue queue_;
  std::function<void()> ring_ = [] {};
  Answerer* answerer_ = nullptr;
  Past* past_ = nullptr;

  std::atomic<uint64_t> decided_ = 0;
  std::atomic<uint64_t> appended_ = 0;
  std::atomic<uint64_t> turns_ = 0;

  // The driving thread's own.
  Generation loaded_;
  uint64_t next_seq_ = 1;
  absl::Time next_due_ = absl::InfiniteFuture();
  /// Records were appended since the next due clock was looked up.
  bool due_is_stale_ = false;
  absl::Time due_looked_up_ = absl::InfinitePast();

  mutable std::mutex mutex_;  // guards what follows
  std::vector<Source> sources_;
  absl::Status health_;
  bool readable_ = false;
  /// The journal's generation that the tables are the fold of, while this is its writer.
  std::optional<uint64_t> written_;
};

}  // namespace ccfa::engine
