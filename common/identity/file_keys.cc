#include "common/identity/file_keys.h"

#include "absl/strings/str_cat.h"
#include "common/telemetry/log.h"

namespace ccfa::identity {

absl::StatusOr<std::unique_ptr<FileKeys>> FileKeys::Open(const std::string& path) {
  std::unique_ptr<FileKeys> keys(new FileKeys(path));
  std::lock_guard lock(keys->mutex_);
  if (absl::Status read = keys->LookLocked(); !read.ok()) return read;
  return keys;
}

std::unique_ptr<FileKeys> FileKeys::Await(const std::string& path) {
  return std::unique_ptr<FileKeys>(new FileKeys(path));
}

std::shared_ptr<const KeySet> FileKeys::Keys() {
  std::lock_guard lock(mutex_);
  if (absl::Status read = LookLocked(); !read.ok()) {
    telemetry::Log(telemetry::Level::kError, "identity_keys_refused",
                   {{"why", std::string(read.message())}});
  }
  return keys_;
}

void FileKeys::Miss() {
  std::lock_guard lock(mutex_);
  file_.LookAgain();
}

absl::Status FileKeys::LookLocked() {
  auto text = file_.Changed();
  if (!text) return absl::OkStatus();
  if (!text->ok()) return text->status();
  absl::StatusOr<KeySet> keys = ParseKeySet(**text);
  if (!keys.ok()) {
    return absl::Status(keys.status().code(),
                        absl::StrCat(file_.path(), ": ", keys.status().message()));
  }
  keys_ = std::make_shared<const KeySet>(*std::move(keys));
  return absl::OkStatus();
}

}  // namespace ccfa::identity
