#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "services/gateway/open311_form.h"

namespace ccfa::gateway::open311 {

/// What somebody reports, as the call that is logged for it; who they are goes into its caller
/// alone. Marks of what is personal count where each closes. INVALID_ARGUMENT naming the argument:
/// there is no place, or what is no coordinate, no address or no link.
absl::StatusOr<intake::v1::LogCallRequest> ToCall(const Form& form, const std::string& council);

}  // namespace ccfa::gateway::open311
