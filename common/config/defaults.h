#pragma once

#include "absl/strings/string_view.h"
#include "ccfa/config/v1/config.pb.h"

namespace ccfa::config {

/// The rules of a council that sets none of its own (DOMAIN 7): everything is set, and passes
/// Check.
const v1::CouncilConfig& Defaults();

/// The same as a file with comments, from which a council makes its own.
absl::string_view DefaultsText();

}  // namespace ccfa::config
