#include "common/privacy/key_copy.h"

#include "absl/strings/str_cat.h"

namespace ccfa::privacy {
namespace {

bool AreSame(const v1::WrappedKey& one, const std::optional<v1::WrappedKey>& other) {
  return other && other->SerializeAsString() == one.SerializeAsString();
}

/// Whether it had to be written.
absl::StatusOr<bool> CopyOne(const std::string& name, const v1::WrappedKey& key, KeyStore& to) {
  absl::StatusOr<std::optional<v1::WrappedKey>> there = to.Get(name);
  if (!there.ok()) return there.status();
  if (AreSame(key, *there)) return false;
  absl::Status kept = *there ? to.Rewrap({{name, key}}) : to.Make(name, key).status();
  if (!kept.ok()) return kept;
  there = to.Get(name);
  if (!there.ok()) return there.status();
  if (AreSame(key, *there)) return true;
  return absl::DataLossError(absl::StrCat(name, " is not in the target what it is in the source"));
}

}  // namespace

absl::StatusOr<CopiedKeys> CopyKeys(const KeyStore& from, KeyStore& to) {
  CopiedKeys copied;
  absl::Status all = from.Each("", [&](const std::string& name) -> absl::Status {
    absl::StatusOr<std::optional<v1::WrappedKey>> key = from.Get(name);
    if (!key.ok()) return key.status();
    if (!*key) return absl::OkStatus();
    absl::StatusOr<bool> written = CopyOne(name, **key, to);
    if (!written.ok()) return written.status();
    ++copied.keys;
    copied.copied += *written;
    return absl::OkStatus();
  });
  if (!all.ok()) return all;
  return copied;
}

}  // namespace ccfa::privacy
