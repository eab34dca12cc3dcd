#include "common/identity/watched_file.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/core/since_boot.h"

namespace ccfa::identity {
namespace {

constexpr absl::Duration kLookEvery = absl::Seconds(1);

/// Differs from that of any file that was there before.
std::string MarkOf(const std::string& path) {
  struct stat now {};
  if (stat(path.c_str(), &now) != 0) return "gone";
  return absl::StrCat(now.st_dev, ":", now.st_ino, ":", now.st_size, ":", now.st_mtim.tv_sec, ".",
                      now.st_mtim.tv_nsec);
}

}  // namespace

std::optional<absl::StatusOr<std::string>> WatchedFile::Changed() {
  if (SinceBoot() < looked_ + kLookEvery) return std::nullopt;
  looked_ = SinceBoot();
  std::string mark = MarkOf(path_);
  if (mark == seen_) return std::nullopt;
  seen_ = std::move(mark);
  std::ifstream file(path_, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path_));
  return text.str();
}

}  // namespace ccfa::identity
