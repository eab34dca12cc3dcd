#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace ccfa::calendar {

/// The day that `text` writes as YYYY-MM-DD, year 0001 or later. INVALID_ARGUMENT when it is
/// written otherwise or no such day exists (2026-02-30).
absl::StatusOr<absl::CivilDay> ParseDate(absl::string_view text);

}  // namespace ccfa::calendar
