#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/privacy/v1/privacy.pb.h"

namespace ccfa::privacy {

/// Where people's keys are, apart from everything sealed with them: what is destroyed here is gone
/// from every copy of the journal. Keys go by resource name, "councils/E1/callers/5f3a...".
/// Thread-safe. UNAVAILABLE while what they are kept on fails.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  virtual absl::StatusOr<std::optional<v1::WrappedKey>> Get(const std::string& name) const = 0;
  /// Keeps `key` where the name has none yet, durable when it returns: the key that the name has
  /// from now on, perhaps made by somebody else at the same time. NOT_FOUND when it was destroyed
  /// meanwhile.
  virtual absl::StatusOr<v1::WrappedKey> Make(const std::string& name,
                                              const v1::WrappedKey& key) = 0;
  /// The same keys, by name, wrapped otherwise: durable when it returns. A key that was destroyed
  /// meanwhile stays so.
  virtual absl::Status Rewrap(const std::map<std::string, v1::WrappedKey>& keys) = 0;
  /// Gone for good when it returns, and OK when there were none. The names are not used again.
  virtual absl::Status Destroy(const std::vector<std::string>& names) = 0;
  /// Visits the names of a council's keys, of every council's when it is empty, until `visit` gives
  /// an error.
  virtual absl::Status Each(
      const std::string& council,
      const std::function<absl::Status(const std::string& name)>& visit) const = 0;

  /// Called now and then, by one thread: what is destroyed is to go from the disks too.
  virtual void LookAfter() {}
};

}  // namespace ccfa::privacy
