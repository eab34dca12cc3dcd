#pragma once

#include "common/host/host.h"

namespace ccfa::all {

/// All five, in the order in which an event usually travels.
host::Host::Services EveryService();

}  // namespace ccfa::all
