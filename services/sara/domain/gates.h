#pragma once

#include <vector>

#include "ccfa/sara/v1/sara.pb.h"
#include "common/core/refusal.h"
#include "services/sara/domain/policy.h"

namespace ccfa::sara {

/// What a problem still lacks to enter `stage` from the stage before it (DOMAIN 4): evidence and
/// links, each with who may supply it. Empty: the gate is open.
std::vector<Missing> MissingFor(v1::Stage stage, const v1::Problem& problem, const Policy& policy);

}  // namespace ccfa::sara
