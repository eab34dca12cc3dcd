#pragma once

#include <memory>

#include "common/host/service.h"

namespace ccfa::scrutiny {

/// Scrutiny as a process hosts it.
std::unique_ptr<host::Service> NewService();

}  // namespace ccfa::scrutiny
