#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa {

/// Resource names: "councils/E08000012/calls/2026-000123". Collections and ids alternate.

/// The council's code of any name of the system; empty when the name is not one of a council.
absl::string_view CouncilOf(absl::string_view name);

/// Checks `name` against a pattern such as "councils/*/calls/*"; each id is 1 to 64 characters of
/// A-Z a-z 0-9 . _ -. INVALID_ARGUMENT naming `field`.
absl::Status CheckName(absl::string_view field, absl::string_view name, absl::string_view pattern);

/// The id after the last slash.
absl::string_view LastId(absl::string_view name);

/// The name without its last collection and id: an action's problem.
absl::string_view ParentOf(absl::string_view name);

/// `id` on its own: 1 to 64 characters of A-Z a-z 0-9 . _ -
bool IsId(absl::string_view id);

}  // namespace ccfa
