#pragma once

#include <memory>

#include "common/host/service.h"

namespace ccfa::sara {

/// Sara as a process hosts it.
std::unique_ptr<host::Service> NewService();

}  // namespace ccfa::sara
