#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/privacy/key_store.h"
#include "common/privacy/master_keys.h"
#include "common/privacy/secret.h"

namespace ccfa::privacy {

/// A person's key, for as long as something is sealed or opened with it.
class PersonKey {
 public:
  PersonKey(std::string name, const Secret& root)
      : name_(std::move(name)),
        sealing_(root.Derive("ccfaseal")),
        telling_(root.Derive("ccfatell")) {}

  /// The resource name it goes by.
  const std::string& name() const { return name_; }
  /// `what` is the field: a text sealed as one field of one person opens as no other.
  v1::Sealed Seal(absl::string_view what, absl::string_view text) const;
  absl::StatusOr<std::string> Open(absl::string_view what, const v1::Sealed& sealed) const;
  /// Of a request with this person's data: worth nothing once the key is destroyed.
  uint64_t FingerprintOf(absl::string_view request) const;

 private:
  std::string name_;
  Secret sealing_, telling_;
};

/// People's keys, unwrapped where they are needed. One that is closed refuses with KEYS_MISSING.
/// Thread-safe.
class Vault {
 public:
  /// Closed: nobody's data can be taken.
  Vault() = default;
  Vault(MasterKeys master, std::unique_ptr<KeyStore> store);

  bool is_open() const { return store_ != nullptr; }
  /// FAILED_PRECONDITION KEYS_MISSING when closed.
  absl::Status CheckOpen() const;

  /// The key of that name, made and durable when it is not there. NOT_FOUND when it was destroyed.
  absl::StatusOr<PersonKey> FindOrMake(const std::string& name);
  /// NOT_FOUND when it was destroyed, or never made.
  absl::StatusOr<PersonKey> Find(const std::string& name) const;
  /// OK where they are not there. A closed vault has no keys to destroy.
  absl::Status Destroy(const std::vector<std::string>& names);

  /// The master key that wraps from now on. For an open vault.
  const std::string& master_key() const { return master_->current(); }
  /// Wraps a council's keys anew where another master key did; how many those were.
  absl::StatusOr<int> Rewrap(const std::string& council);

  /// As the store's.
  void LookAfter();

 private:
  absl::StatusOr<PersonKey> Unwrap(const std::string& name, const v1::WrappedKey& wrapped) const;

  std::unique_ptr<MasterKeys> master_;
  std::unique_ptr<KeyStore> store_;
};

}  // namespace ccfa::privacy
