#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ccfa/privacy/v1/privacy.pb.h"
#include "common/privacy/secret.h"

namespace ccfa::privacy {

/// The keys that wrap people's keys: the first wraps, all of them unwrap, so that a new one can be
/// put before an old one and the old one taken away once nothing is wrapped by it.
class MasterKeys {
 public:
  /// One key of 64 hexadecimal digits a line; blank lines and those that start with # do not count.
  /// INVALID_ARGUMENT saying which line, never what stands there.
  static absl::StatusOr<MasterKeys> Parse(absl::string_view text);
  /// NOT_FOUND, or FAILED_PRECONDITION when others than its owner may read or write the file.
  static absl::StatusOr<MasterKeys> ReadFile(const std::string& path);

  /// The name of the key that wraps.
  const std::string& current() const { return keys_.front().id; }

  v1::WrappedKey Wrap(absl::string_view owner, const Secret& key) const;
  /// FAILED_PRECONDITION MASTER_KEY_UNKNOWN when it was wrapped by a key that is not here.
  absl::StatusOr<Secret> Unwrap(absl::string_view owner, const v1::WrappedKey& wrapped) const;

 private:
  struct Key {
    std::string id;
    Secret secret;
  };
  std::vector<Key> keys_;
};

}  // namespace ccfa::privacy
