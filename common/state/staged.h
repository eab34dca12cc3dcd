#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "common/state/database.h"
#include "common/state/rows.h"

namespace ccfa::state {

/// A family's rows as its writer sees them: committed, with what is staged on top. Nothing is
/// written before `Commit`. Save points nest.
class Staged final : public Rows {
 public:
  Staged(std::shared_ptr<OpenDatabase> database, const std::string& family);

  std::optional<std::string> Get(absl::string_view key) const override;
  void Scan(absl::string_view prefix, absl::string_view after, const Visit& visit) const override;
  void Put(absl::string_view key, absl::string_view value) override;
  void Delete(absl::string_view key) override;

  void SetSavePoint();
  /// Back to the last save point, which ends; a storage error met since is forgotten with it.
  void RollBack();
  void DropSavePoint();

  /// Writes what is staged, without a sync: tables can be folded again from the journal.
  absl::Status Commit();

  /// The same while the caller stages on; whatever comes next waits for it first. For long folds
  /// under no save point. The status is that of the last one started so.
  absl::Status CommitMeanwhile();

 private:
  /// A staged row; without a value it is deleted.
  using Value = std::optional<std::string>;
  using Changes = absl::btree_map<std::string, Value>;
  /// What a key was before a change made under a save point; nullopt: it was not staged.
  struct Undo {
    std::string key;
    std::optional<Value> before;
  };

  void Stage(absl::string_view key, Value value);
  absl::Status Write(const Changes& changes) const;
  /// Waits for the changes that are being written.
  absl::Status Written() const;

  std::shared_ptr<OpenDatabase> database_;
  Family family_;
  Changes changes_;
  /// Being written by another thread, and read here meanwhile.
  mutable std::shared_ptr<const Changes> writing_;
  mutable std::future<absl::Status> written_;
  std::vector<Undo> undo_;
  std::vector<size_t> save_points_;
};

}  // namespace ccfa::state
