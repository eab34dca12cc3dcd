#include "common/journal/kafka_files.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/hash.h"

namespace ccfa::journal {
namespace {

bool IsFile(const std::string& setting) {
  return absl::EndsWith(setting, ".location");
}

}  // namespace

bool KafkaFiles::any() const {
  for (const auto& [name, value] : settings_) {
    if (IsFile(name)) return true;
  }
  return false;
}

std::string KafkaFiles::Read() const {
  std::string all;
  for (const auto& [name, value] : settings_) {
    if (!IsFile(name)) continue;
    std::ifstream file(value, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    absl::StrAppend(&all, name, Digest(bytes));
  }
  return all;
}

bool KafkaFiles::AreReplaced() {
  const std::string before = std::exchange(last_seen_, Read());
  return last_seen_ != in_use_ && last_seen_ == before;
}

}  // namespace ccfa::journal
