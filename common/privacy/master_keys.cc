#include "common/privacy/master_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/core/hash.h"
#include "common/core/refusal.h"
#include "common/privacy/sealing.h"

namespace ccfa::privacy {
namespace {

constexpr size_t kIdBytes = 6;
constexpr size_t kMostBytes = 64 * 1024;

}  // namespace

absl::StatusOr<MasterKeys> MasterKeys::Parse(absl::string_view text) {
  MasterKeys keys;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    absl::StatusOr<Secret> secret = Secret::FromHex(line);
    if (!secret.ok())
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", secret.status().message()));
    // Random bytes: a digest of them gives nothing away.
    std::string id =
        absl::BytesToHexString(Digest(secret->Derive("ccfaname").view()).substr(0, kIdBytes));
    keys.keys_.push_back({std::move(id), *std::move(secret)});
  }
  if (keys.keys_.empty()) return absl::InvalidArgumentError("holds no key");
  return keys;
}

absl::StatusOr<MasterKeys> MasterKeys::ReadFile(const std::string& path) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  struct stat about {};
  if (fstat(file, &about) != 0 || (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    close(file);
    return absl::FailedPreconditionError(
        absl::StrCat("others than its owner may use ", path, "; run `chmod 600` on it"));
  }
  std::string text(kMostBytes, '\0');
  const ssize_t got = read(file, text.data(), text.size());
  close(file);
  absl::StatusOr<MasterKeys> keys =
      Parse(absl::string_view(text.data(), static_cast<size_t>(std::max<ssize_t>(got, 0))));
  Wipe(text);
  if (keys.ok()) return keys;
  return absl::Status(keys.status().code(), absl::StrCat(path, " ", keys.status().message()));
}

v1::WrappedKey MasterKeys::Wrap(absl::string_view owner, const Secret& key) const {
  v1::WrappedKey wrapped;
  wrapped.set_master_key(current());
  *wrapped.mutable_key() = Seal(keys_.front().secret.Derive("ccfawrap"), owner, key.view());
  return wrapped;
}

absl::StatusOr<Secret> MasterKeys::Unwrap(absl::string_view owner,
                                          const v1::WrappedKey& wrapped) const {
  auto key = std::find_if(keys_.begin(), keys_.end(),
                          [&](const Key& one) { return one.id == wrapped.master_key(); });
  if (key == keys_.end()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "MASTER_KEY_UNKNOWN",
                  absl::StrCat("the key was wrapped by master key ", wrapped.master_key(),
                               ", which this process does not have; start it with that key too"));
  }
  absl::StatusOr<std::string> bytes = Open(key->secret.Derive("ccfawrap"), owner, wrapped.key());
  if (!bytes.ok()) return bytes.status();
  if (bytes->size() != Secret::kBytes) return absl::DataLossError("a key of another length");
  Secret secret = Secret::FromBytes(*bytes);
  Wipe(*bytes);
  return secret;
}

}  // namespace ccfa::privacy
