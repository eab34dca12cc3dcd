#pragma once

#include "absl/status/status.h"
#include "ccfa/sara/v1/teams.pb.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

/// Answers ReviewPriorities. INVALID_ARGUMENT, or NOT_FOUND naming the field.
absl::Status Answer(const Tables& tables, const v1::ReviewPrioritiesRequest& request,
                    v1::ReviewPrioritiesResponse& reply);

}  // namespace ccfa::sara
