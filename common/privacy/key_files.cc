#include "common/privacy/key_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"

namespace ccfa::privacy {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
constexpr absl::string_view kUnfinished = ".new";

absl::Status Failed(absl::string_view what, const std::string& path) {
  return absl::UnavailableError(
      absl::StrCat("the key store: cannot ", what, " ", path, ": ", std::strerror(errno)));
}

/// The folder's own entries are durable.
absl::Status SyncFolder(const std::string& path) {
  int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return Failed("open", path);
  const bool synced = fsync(folder) == 0;
  close(folder);
  return synced ? absl::OkStatus() : Failed("sync", path);
}

absl::Status MakeFolder(const std::string& path) {
  if (mkdir(path.c_str(), S_IRWXU) != 0)
    return errno == EEXIST ? absl::OkStatus() : Failed("make", path);
  return SyncFolder(fs::path(path).parent_path());
}

/// Overwrites the file, or makes it, and syncs it.
absl::Status WriteSynced(const std::string& path, absl::string_view bytes, int flags) {
  int file = open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, kOwnerOnly);
  if (file < 0) return Failed("write", path);
  const bool written =
      write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
      fsync(file) == 0;
  close(file);
  return written ? absl::OkStatus() : Failed("write", path);
}

/// Overwrites a file and removes it; whether it was there.
absl::StatusOr<bool> Shred(const std::string& path) {
  struct stat about {};
  if (stat(path.c_str(), &about) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return false;
    return Failed("look at", path);
  }
  // Where the file system writes in place, nothing of it is left on the disk.
  absl::Status status = WriteSynced(path, std::string(static_cast<size_t>(about.st_size), '\0'), 0);
  if (!status.ok()) return status;
  if (unlink(path.c_str()) != 0) return Failed("remove", path);
  return true;
}

std::string CouncilFolder(const std::string& folder, absl::string_view name) {
  return absl::StrCat(folder, "/", CouncilOf(name));
}

/// Spread over folders by its first two letters, so that none gets too full.
std::string ShardFolder(const std::string& folder, absl::string_view name) {
  return absl::StrCat(CouncilFolder(folder, name), "/", LastId(name).substr(0, 2));
}

std::string PathOf(const std::string& folder, absl::string_view name) {
  return absl::StrCat(ShardFolder(folder, name), "/", LastId(name));
}

}  // namespace

absl::StatusOr<std::unique_ptr<KeyFiles>> KeyFiles::Open(std::string folder) {
  if (absl::Status made = MakeFolder(folder); !made.ok()) return made;
  return std::unique_ptr<KeyFiles>(new KeyFiles(std::move(folder)));
}

absl::StatusOr<std::optional<v1::WrappedKey>> KeyFiles::Get(const std::string& name) const {
  std::string path = PathOf(folder_, name);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    if (errno == ENOENT) return std::nullopt;
    return Failed("read", path);
  }
  v1::WrappedKey key;
  if (!key.ParseFromIstream(&file) || key.master_key().empty())
    return absl::DataLossError(absl::StrCat("the key store: ", path, " is damaged"));
  return key;
}

absl::StatusOr<v1::WrappedKey> KeyFiles::Make(const std::string& name, const v1::WrappedKey& key) {
  std::lock_guard lock(mutex_);
  absl::StatusOr<std::optional<v1::WrappedKey>> there = Get(name);
  if (!there.ok()) return there.status();
  if (*there) return **std::move(there);
  if (absl::Status put = Put(name, key); !put.ok()) return put;
  return key;
}

absl::Status KeyFiles::Rewrap(const std::map<std::string, v1::WrappedKey>& keys) {
  std::lock_guard lock(mutex_);
  for (const auto& [name, key] : keys) {
    absl::StatusOr<std::optional<v1::WrappedKey>> there = Get(name);
    if (!there.ok()) return there.status();
    if (!*there) continue;
    if (absl::Status put = Put(name, key); !put.ok()) return put;
  }
  return absl::OkStatus();
}

absl::Status KeyFiles::Put(const std::string& name, const v1::WrappedKey& key) {
  const std::string shard = ShardFolder(folder_, name), path = PathOf(folder_, name);
  const std::string unfinished = absl::StrCat(path, kUnfinished);
  absl::Status status = MakeFolder(CouncilFolder(folder_, name));
  if (status.ok()) status = MakeFolder(shard);
  if (status.ok()) status = WriteSynced(unfinished, key.SerializeAsString(), O_CREAT | O_TRUNC);
  if (!status.ok()) return status;
  if (rename(unfinished.c_str(), path.c_str()) != 0) return Failed("rename", unfinished);
  return SyncFolder(shard);
}

absl::Status KeyFiles::Destroy(const std::vector<std::string>& names) {
  std::lock_guard lock(mutex_);
  absl::Status all;
  for (const std::string& name : names) all.Update(DestroyOne(name));
  return all;
}

absl::Status KeyFiles::DestroyOne(const std::string& name) {
  const std::string path = PathOf(folder_, name);
  // A crash while it was wrapped anew may have left it twice.
  absl::StatusOr<bool> unfinished = Shred(absl::StrCat(path, kUnfinished));
  absl::StatusOr<bool> finished = unfinished.ok() ? Shred(path) : unfinished;
  if (!finished.ok()) return finished.status();
  return *finished || *unfinished ? SyncFolder(ShardFolder(folder_, name)) : absl::OkStatus();
}

absl::Status KeyFiles::Each(
    const std::string& council,
    const std::function<absl::Status(const std::string& name)>& visit) const {
  std::error_code error;
  const std::string folder =
      council.empty() ? folder_ : CouncilFolder(folder_, "councils/" + council);
  for (fs::recursive_directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    std::string id = file->path().filename();
    if (!file->is_regular_file() || absl::EndsWith(id, kUnfinished)) continue;
    const fs::path of = file->path().parent_path().parent_path().filename();
    absl::Status visited = visit(absl::StrCat("councils/", of.string(), "/callers/", id));
    if (!visited.ok()) return visited;
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return absl::UnavailableError(absl::StrCat("the key store: ", error.message()));
  return absl::OkStatus();
}

}  // namespace ccfa::privacy
