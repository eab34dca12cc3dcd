#pragma once

#include "tests/support/town.h"

namespace ccfa::test_support {

/// The council changes its rules while a clock of every service runs.
void ChangeTheRules(Town& town);

}  // namespace ccfa::test_support
