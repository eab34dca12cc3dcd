#pragma once

#include "tests/support/town.h"

namespace ccfa::test_support {

/// The ways through sara that the golden road has not taken yet.
void GoThroughSara(Town& town);

}  // namespace ccfa::test_support
