#pragma once

#include <vector>

#include "ccfa/sara/v1/sara.pb.h"
#include "common/core/refusal.h"
#include "services/sara/domain/policy.h"

namespace ccfa::sara {

/// What a problem still lacks to enter `stage` from the stage before it (DOMAIN 4): evidence and
/// links, each with who may supply it. Empty: the gate is open.
std::vector<Missing> MissingFor(v1::Stage stage, const v1::Problem& problem, const Policy& policy);

/// What it still lacks to be closed by its team.
std::vector<Missing> MissingForClosing(const v1::Problem& problem);

/// Every gate ahead of a problem, the next one first, and its loose links.
v1::ProblemCheck CheckOf(const v1::Problem& problem, const Policy& policy);

}  // namespace ccfa::sara
