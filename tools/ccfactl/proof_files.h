#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "absl/status/statusor.h"
#include "common/core/refusal.h"
#include "common/proof/head.h"

namespace ccfa::ctl {

/// The text of a file somebody names; NOT_FOUND.
inline absl::StatusOr<std::string> ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return NotFound("file", path);
  return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A published head as its file says it; whether it was signed is another question.
inline absl::StatusOr<proof::v1::Head> ReadHead(const std::string& path) {
  absl::StatusOr<std::string> text = ReadText(path);
  if (!text.ok()) return text.status();
  return proof::ParseHead(*text);
}

}  // namespace ccfa::ctl
