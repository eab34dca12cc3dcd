#include "common/privacy/vault.h"

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/privacy/sealing.h"

namespace ccfa::privacy {
namespace {

std::string BoundTo(absl::string_view name, absl::string_view what) {
  return absl::StrCat(name, "\n", what);
}

}  // namespace

v1::Sealed PersonKey::Seal(absl::string_view what, absl::string_view text) const {
  return privacy::Seal(sealing_, BoundTo(name_, what), text);
}

absl::StatusOr<std::string> PersonKey::Open(absl::string_view what,
                                            const v1::Sealed& sealed) const {
  return privacy::Open(sealing_, BoundTo(name_, what), sealed);
}

uint64_t PersonKey::FingerprintOf(absl::string_view request) const {
  return KeyedFingerprint(telling_, request);
}

Vault::Vault(MasterKeys master, std::unique_ptr<KeyStore> store)
    : master_(std::make_unique<MasterKeys>(std::move(master))), store_(std::move(store)) {}

absl::Status Vault::CheckOpen() const {
  if (is_open()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "KEYS_MISSING",
                "personal data is not taken here: this process has no master key to seal it with; "
                "start it with --master-key FILE, with its journals embedded");
}

absl::StatusOr<PersonKey> Vault::FindOrMake(const std::string& name) {
  if (absl::Status open = CheckOpen(); !open.ok()) return open;
  std::lock_guard lock(making_);
  absl::StatusOr<PersonKey> there = Find(name);
  if (!absl::IsNotFound(there.status())) return there;
  const Secret key = Secret::Random();
  if (absl::Status kept = store_->Put(name, master_->Wrap(name, key)); !kept.ok()) return kept;
  return PersonKey(name, key);
}

absl::StatusOr<PersonKey> Vault::Find(const std::string& name) const {
  if (absl::Status open = CheckOpen(); !open.ok()) return open;
  absl::StatusOr<std::optional<v1::WrappedKey>> wrapped = store_->Get(name);
  if (!wrapped.ok()) return wrapped.status();
  if (!*wrapped) return absl::NotFoundError("the key is not there");
  absl::StatusOr<Secret> key = master_->Unwrap(name, **wrapped);
  if (!key.ok()) return key.status();
  return PersonKey(name, *key);
}

absl::Status Vault::Destroy(const std::string& name) {
  return is_open() ? store_->Destroy(name) : absl::OkStatus();
}

absl::StatusOr<int> Vault::Rewrap(const std::string& council) {
  if (absl::Status open = CheckOpen(); !open.ok()) return open;
  int rewrapped = 0;
  absl::Status all = store_->Each(council, [&](const std::string& name) -> absl::Status {
    std::lock_guard lock(making_);
    absl::StatusOr<std::optional<v1::WrappedKey>> wrapped = store_->Get(name);
    // Destroyed meanwhile, or wrapped so already.
    if (!wrapped.ok()) return wrapped.status();
    if (!*wrapped || (*wrapped)->master_key() == master_->current()) return absl::OkStatus();
    absl::StatusOr<Secret> key = master_->Unwrap(name, **wrapped);
    if (!key.ok()) return key.status();
    ++rewrapped;
    return store_->Put(name, master_->Wrap(name, *key));
  });
  if (!all.ok()) return all;
  return rewrapped;
}

}  // namespace ccfa::privacy
