#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "common/state/rows.h"

namespace ccfa::testing {

/// Rows in memory, as the real ones keep them: in the order of keys, bytes compared as unsigned.
class MemoryRows final : public state::Rows {
 public:
  std::optional<std::string> Get(absl::string_view key) const override {
    auto row = rows_.find(std::string(key));
    return row == rows_.end() ? std::nullopt : std::optional(row->second);
  }
  void Scan(absl::string_view prefix, absl::string_view after, const Visit& visit) const override {
    for (auto row = rows_.lower_bound(std::string(std::max(prefix, after))); row != rows_.end();
         ++row) {
      if (!absl::StartsWith(row->first, prefix)) return;
      if (row->first != after && !visit(row->first, row->second)) return;
    }
  }
  void Put(absl::string_view key, absl::string_view value) override {
    rows_[std::string(key)] = std::string(value);
  }
  void Delete(absl::string_view key) override { rows_.erase(std::string(key)); }

 private:
  std::map<std::string, std::string> rows_;
};

}  // namespace ccfa::testing
