#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/identity/key.h"

namespace ccfa::identity {

/// Keys by their id.
using KeySet = std::map<std::string, Key, std::less<>>;

/// A JSON Web Key Set. Keys that are of no use here are left out, as the standard has it.
/// INVALID_ARGUMENT when it is none, when an id is there twice, or when nothing is left.
absl::StatusOr<KeySet> ParseKeySet(absl::string_view text);

/// Where keys come from; thread-safe.
class KeySource {
 public:
  virtual ~KeySource() = default;
  /// Those that count now; the same set as long as nothing has changed. Never waits for others.
  virtual std::shared_ptr<const KeySet> Keys() = 0;
  /// A token names a key that is not among them: perhaps it was only just made.
  virtual void Miss() {}
};

}  // namespace ccfa::identity
