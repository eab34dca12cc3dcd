#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::identity {

/// Whether people may choose it: 12 to 256 bytes. INVALID_ARGUMENT naming the field.
absl::Status CheckPassword(absl::string_view field, const std::string& password);

/// Argon2id with a salt of its own; takes a good part of a second and 64 MiB, on purpose.
/// RESOURCE_EXHAUSTED NO_MEMORY without them.
absl::StatusOr<std::string> HashPassword(const std::string& password);

/// Takes as long whether it is the password or not; with an empty hash too, which none has.
bool IsPassword(const std::string& hash, const std::string& password);

}  // namespace ccfa::identity
