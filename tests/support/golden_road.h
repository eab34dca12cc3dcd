#pragma once

#include "tests/support/town.h"

namespace ccfa::test_support {

/// Goes every way there is, in a town where nothing has happened yet: afterwards each event type of
/// every service stands in its journal. The same in every run, to the microsecond.
void GoEveryWay(Town& town);

}  // namespace ccfa::test_support
