#pragma once

#include <memory>
#include <string>

#include "common/state/database.h"
#include "common/state/rows.h"

namespace ccfa::state {

/// A family's committed rows at one moment. Holds the database open; keep it no longer than an
/// answer takes.
class Snapshot final : public Rows {
 public:
  Snapshot(std::shared_ptr<OpenDatabase> database, const std::string& family);
  ~Snapshot() override;

  std::optional<std::string> Get(absl::string_view key) const override;
  void Scan(absl::string_view prefix, absl::string_view after, const Visit& visit) const override;
  void Put(absl::string_view key, absl::string_view value) override;
  void Delete(absl::string_view key) override;

 private:
  std::shared_ptr<OpenDatabase> database_;
  Family family_;
  const rocksdb::Snapshot* snapshot_;
};

}  // namespace ccfa::state
