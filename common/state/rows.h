#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace ccfa::state {

/// Rows by key, as rules and readers see them. A storage error cannot be told from an absent row
/// here, so it is kept: whoever asked for the rows looks at `status()` before believing an answer.
/// One thread at a time.
class Rows {
 public:
  virtual ~Rows() = default;

  virtual std::optional<std::string> Get(absl::string_view key) const = 0;

  /// Calls `visit` for each row whose key starts with `prefix` and comes after `after`, in the
  /// order of keys, until it returns false.
  using Visit = std::function<bool(absl::string_view key, absl::string_view value)>;
  virtual void Scan(absl::string_view prefix, absl::string_view after,
                    const Visit& visit) const = 0;

  /// Only on rows that can be written; a programmer's error ends the process.
  virtual void Put(absl::string_view key, absl::string_view value) = 0;
  virtual void Delete(absl::string_view key) = 0;

  /// The first storage error met since the rows were opened.
  const absl::Status& status() const { return status_; }
  void Report(const absl::Status& status) const {
    if (status_.ok()) status_ = status;
  }

 protected:
  mutable absl::Status status_;
};

}  // namespace ccfa::state
