#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "ccfa/privacy/v1/privacy.pb.h"

namespace ccfa::privacy {

/// Where people's keys are, apart from everything sealed with them: what is destroyed here is gone
/// from every copy of the journal. Keys go by resource name, "councils/E1/callers/5f3a...".
/// Thread-safe.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  virtual absl::StatusOr<std::optional<v1::WrappedKey>> Get(const std::string& name) const = 0;
  /// Durable when it returns.
  virtual absl::Status Put(const std::string& name, const v1::WrappedKey& key) = 0;
  /// Gone for good when it returns, and OK when there was none.
  virtual absl::Status Destroy(const std::string& name) = 0;
  /// Visits the names of a council's keys, until `visit` gives an error.
  virtual absl::Status Each(
      const std::string& council,
      const std::function<absl::Status(const std::string& name)>& visit) const = 0;
};

}  // namespace ccfa::privacy
