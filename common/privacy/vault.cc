#include "common/privacy/vault.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/privacy/sealing.h"

namespace ccfa::privacy {
namespace {

constexpr size_t kBatch = 256;

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
                "start it with --master-key FILE");
}

absl::StatusOr<PersonKey> Vault::FindOrMake(const std::string& name) {
  if (absl::Status open = CheckOpen(); !open.ok()) return open;
  absl::StatusOr<v1::WrappedKey> wrapped =
      store_->Make(name, master_->Wrap(name, Secret::Random()));
  if (!wrapped.ok()) return wrapped.status();
  return Unwrap(name, *wrapped);
}

absl::StatusOr<PersonKey> Vault::Find(const std::string& name) const {
  if (absl::Status open = CheckOpen(); !open.ok()) return open;
  absl::StatusOr<std::optional<v1::WrappedKey>> wrapped = store_->Get(name);
  if (!wrapped.ok()) return wrapped.status();
  if (!*wrapped) return absl::NotFoundError("the key is not there");
  return Unwrap(name, **wrapped);
}

absl::StatusOr<PersonKey> Vault::Unwrap(const std::string& name,
                                        const v1::WrappedKey& wrapped) const {
  absl::StatusOr<Secret> key = master_->Unwrap(name, wrapped);
  if (!key.ok()) return key.status();
  return PersonKey(name, *key);
}

absl::Status Vault::Destroy(const std::vector<std::string>& names) {
  return is_open() && !names.empty() ? store_->Destroy(names) : absl::OkStatus();
}

absl::StatusOr<int> Vault::Rewrap(const std::string& council) {
  if (absl::Status open = CheckOpen(); !open.ok()) return open;
  std::map<std::string, v1::WrappedKey> batch;
  int rewrapped = 0;
  const auto keep = [&] {
    rewrapped += static_cast<int>(batch.size());
    return store_->Rewrap(std::exchange(batch, {}));
  };
  absl::Status all = store_->Each(council, [&](const std::string& name) -> absl::Status {
    absl::StatusOr<std::optional<v1::WrappedKey>> wrapped = store_->Get(name);
    // Destroyed meanwhile, or wrapped so already.
    if (!wrapped.ok()) return wrapped.status();
    if (!*wrapped || (*wrapped)->master_key() == master_->current()) return absl::OkStatus();
    absl::StatusOr<Secret> key = master_->Unwrap(name, **wrapped);
    if (!key.ok()) return key.status();
    batch[name] = master_->Wrap(name, *key);
    return batch.size() < kBatch ? absl::OkStatus() : keep();
  });
  if (all.ok()) all = keep();
  if (!all.ok()) return all;
  return rewrapped;
}

void Vault::LookAfter() {
  if (is_open()) store_->LookAfter();
}

}  // namespace ccfa::privacy
