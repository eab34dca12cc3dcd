#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "common/privacy/key_store.h"

namespace ccfa::privacy {

/// Keys as files, one each: DIR/E1/5f/5f3a... . A file is written beside its place and renamed into
/// it, and overwritten before it is removed; every step is synced. A backup is a copy of the
/// folder.
class KeyFiles final : public KeyStore {
 public:
  /// Makes the folder, for its owner only. UNAVAILABLE when it cannot be used.
  static absl::StatusOr<std::unique_ptr<KeyFiles>> Open(std::string folder);

  absl::StatusOr<std::optional<v1::WrappedKey>> Get(const std::string& name) const override;
  absl::StatusOr<v1::WrappedKey> Make(const std::string& name, const v1::WrappedKey& key) override;
  absl::Status Rewrap(const std::map<std::string, v1::WrappedKey>& keys) override;
  absl::Status Destroy(const std::vector<std::string>& names) override;
  absl::Status Each(
      const std::string& council,
      const std::function<absl::Status(const std::string& name)>& visit) const override;

 private:
  explicit KeyFiles(std::string folder) : folder_(std::move(folder)) {}
  absl::Status Put(const std::string& name, const v1::WrappedKey& key);
  absl::Status DestroyOne(const std::string& name);

  const std::string folder_;
  mutable std::mutex mutex_;  // one writer of files at a time
};

}  // namespace ccfa::privacy
