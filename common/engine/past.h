#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/engine/rules.h"
#include "common/journal/journal.h"
#include "common/state/rows.h"

namespace ccfa::engine {

/// Tables as they were at a moment, folded from the journal again up to the first record that is
/// later (F71). In memory, on a thread of its own that starts with the first question; the last few
/// foldings are kept. Thread-safe.
class Past {
 public:
  /// What a record means for the tables: the same as when it was new.
  using Apply = std::function<absl::Status(state::Rows& rows, const std::string& topic,
                                           const record::v1::Record& record)>;

  /// The sources outlive it; of several, each is folded up to the moment. `most_bytes`: of rows, in
  /// all that is kept.
  Past(std::vector<journal::Journal*> sources, Apply apply, size_t most_bytes = kMostBytes);
  /// By a service's rules, which nobody else uses: what Evolve needs is theirs alone.
  Past(journal::Journal& journal, Rules& rules);
  ~Past();
  Past(const Past&) = delete;
  Past& operator=(const Past&) = delete;

  /// The rows at that moment; null when nothing has happened since. UNAVAILABLE FOLDING while they
  /// are being folded, which is waited for a moment; FAILED_PRECONDITION TOO_MUCH_TO_FOLD.
  absl::StatusOr<std::unique_ptr<state::Rows>> At(absl::Time moment);

  /// How many foldings were begun.
  int folded() const;

 private:
  using Map = std::map<std::string, std::string>;
  static constexpr size_t kMostBytes = 512 << 20;

  struct Folding {
    absl::Time moment;
    /// Whether the journals are still those it was folded from.
    std::vector<uint64_t> generations;
    bool done = false;
    absl::Status status;
    std::shared_ptr<const Map> rows;
    size_t bytes = 0;
  };

  absl::StatusOr<bool> HappenedSince(absl::Time moment) const;
  std::vector<uint64_t> Generations() const;
  void Run();
  /// Folds every source; `into.status` says how it went.
  void Fold(Folding& into) const;
  absl::Status FoldSource(state::Rows& rows, const journal::Journal& source, absl::Time moment,
                          const size_t& bytes) const;
  /// Drops the oldest until what is left is few and small enough.
  void ForgetLocked();

  const std::vector<journal::Journal*> sources_;
  const Apply apply_;
  const size_t most_bytes_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wanted_or_stopping_, done_;
  std::list<std::shared_ptr<Folding>> kept_;  // the last asked for first
  std::shared_ptr<Folding> wanted_;
  bool stopping_ = false;
  int folded_ = 0;
  std::thread thread_;
};

}  // namespace ccfa::engine
