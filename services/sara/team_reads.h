#pragma once

#include "absl/status/status.h"
#include "ccfa/sara/v1/teams.pb.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

/// Answers ReviewPriorities. INVALID_ARGUMENT, or NOT_FOUND naming the field.
absl::Status Answer(const Tables& tables, const v1::ReviewPrioritiesRequest& request,
                    v1::ReviewPrioritiesResponse& reply);

/// Answers ListActions. INVALID_ARGUMENT; NOT_FOUND of an agency that is none of the council's.
absl::Status Answer(const Tables& tables, const v1::ListActionsRequest& request,
                    v1::ListActionsResponse& reply);

}  // namespace ccfa::sara
