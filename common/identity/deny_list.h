#pragma once

#include <mutex>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "common/identity/watched_file.h"

namespace ccfa::identity {

/// Tokens that count no more, by their `jti`, one a line of a file that is read again when it is
/// replaced. Without a file nobody is denied; one that has gone denies whom it denied. Thread-safe.
class DenyList {
 public:
  explicit DenyList(const std::string& path) : file_(path) {}
  bool Has(const std::string& token_id);

 private:
  std::mutex mutex_;  // guards what follows
  WatchedFile file_;
  std::set<std::string> denied_;
};

}  // namespace ccfa::identity
