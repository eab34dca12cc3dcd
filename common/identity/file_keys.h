#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "common/identity/key_set.h"
#include "common/identity/watched_file.h"

namespace ccfa::identity {

/// The keys of a JSON Web Key Set in a file. A replaced file counts within about a second; one that
/// is no key set, or has gone, changes nothing and is logged.
class FileKeys final : public KeySource {
 public:
  /// NOT_FOUND or INVALID_ARGUMENT naming the file.
  static absl::StatusOr<std::unique_ptr<FileKeys>> Open(const std::string& path);
  /// Of a file that may only come to be: until then no key counts.
  static std::unique_ptr<FileKeys> Await(const std::string& path);

  std::shared_ptr<const KeySet> Keys() override;
  void Miss() override;

 private:
  explicit FileKeys(const std::string& path) : file_(path) {}
  absl::Status LookLocked();

  std::mutex mutex_;  // guards what follows
  WatchedFile file_;
  std::shared_ptr<const KeySet> keys_ = std::make_shared<const KeySet>();
};

}  // namespace ccfa::identity
