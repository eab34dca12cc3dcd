#pragma once

#include "tests/support/town.h"

namespace ccfa::test_support {

/// Part of `GoEveryWay`: who called, sealed; who was shown it; and that they are erased.
void KnowCallersAndForgetThem(Town& town);

}  // namespace ccfa::test_support
