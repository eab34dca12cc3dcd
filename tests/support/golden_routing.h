#pragma once

#include "tests/support/town.h"

namespace ccfa::test_support {

/// A boundary review, another layer, postcodes, and a team that changes.
void RedrawTheMap(Town& town);

}  // namespace ccfa::test_support
