#include "common/identity/account_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace ccfa::identity {
namespace {

constexpr char kStore[] = "/accounts.binpb";

absl::Status Failed(absl::string_view what, const std::string& path) {
  return absl::UnavailableError(absl::StrCat("cannot ", what, " ", path, ": ", strerror(errno)));
}

bool WriteAll(int file, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

absl::Status Sync(const std::string& folder) {
  const int opened = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return Failed("open", folder);
  const bool synced = fsync(opened) == 0;
  close(opened);
  return synced ? absl::OkStatus() : Failed("sync", folder);
}

}  // namespace

absl::Status ReplaceFile(const std::string& path, absl::string_view text) {
  const std::string next = path + ".new";
  const int file = open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return Failed("write", next);
  const bool written = WriteAll(file, text) && fsync(file) == 0;
  close(file);
  if (!written) return Failed("write", next);
  if (rename(next.c_str(), path.c_str()) != 0) return Failed("replace", path);
  return Sync(std::filesystem::path(path).parent_path());
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return Failed("read", path);
  return text.str();
}

absl::StatusOr<v1::Store> ReadStore(const std::string& folder) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return Failed("make", folder);
  if (chmod(folder.c_str(), 0700) != 0) return Failed("close to others", folder);
  v1::Store store;
  const std::string path = folder + kStore;
  if (access(path.c_str(), F_OK) != 0) return store;
  absl::StatusOr<std::string> bytes = ReadFile(path);
  if (!bytes.ok()) return bytes.status();
  if (!store.ParseFromString(*bytes))
    return absl::DataLossError(absl::StrCat(path, " is damaged: put a copy of it back"));
  return store;
}

absl::Status WriteStore(const std::string& folder, const v1::Store& store) {
  return ReplaceFile(folder + kStore, store.SerializeAsString());
}

}  // namespace ccfa::identity
