#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ccfa/config/v1/config.pb.h"

namespace ccfa::config {

/// A council's file: the text form of CouncilConfig. INVALID_ARGUMENT with everything that is
/// wrong, a line each: where it cannot be read, by line and column; otherwise by field.
absl::StatusOr<v1::CouncilConfig> ParseFile(absl::string_view text);

/// The file at a path. NOT_FOUND when it cannot be read; each line of an error begins with the
/// path.
absl::StatusOr<v1::CouncilConfig> ReadFile(const std::string& path);

}  // namespace ccfa::config
