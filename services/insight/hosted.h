#pragma once

#include <memory>

#include "common/host/service.h"

namespace ccfa::insight {

/// Insight as a process hosts it.
std::unique_ptr<host::Service> NewService();

}  // namespace ccfa::insight
