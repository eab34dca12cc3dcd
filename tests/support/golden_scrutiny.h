#pragma once

#include "tests/support/town.h"

namespace ccfa::test_support {

/// What a committee does beside deciding and recommending: a part of GoEveryWay, at its end.
void GoEveryWayOfScrutiny(Town& town);

}  // namespace ccfa::test_support
