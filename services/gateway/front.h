#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "common/host/run.h"

namespace ccfa::gateway {

/// The gateway as part of a process that has the services itself.
absl::StatusOr<std::unique_ptr<host::Front>> StartFront(host::FrontPlace place);

}  // namespace ccfa::gateway
