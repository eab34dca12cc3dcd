#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace ccfa::identity {

/// A file that may be replaced while it is used. Not thread-safe.
class WatchedFile {
 public:
  explicit WatchedFile(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  /// What is in it, when it has been replaced since the last call; looks about once a second.
  /// NOT_FOUND once when it cannot be read any more.
  std::optional<absl::StatusOr<std::string>> Changed();
  /// The next call looks at once.
  void LookAgain() { looked_ = -absl::InfiniteDuration(); }

 private:
  const std::string path_;
  std::string seen_ = "never";
  absl::Duration looked_ = -absl::InfiniteDuration();
};

}  // namespace ccfa::identity
