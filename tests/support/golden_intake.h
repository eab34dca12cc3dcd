#pragma once

#include "tests/support/town.h"

namespace ccfa::test_support {

/// Part of `GoEveryWay`: everything else that can happen to a call before a team has it, and to its
/// caller.
void GoEveryWayOfIntake(Town& town);

}  // namespace ccfa::test_support
