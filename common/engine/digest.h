#pragma once

#include <memory>
#include <string>

#include "common/state/database.h"

namespace ccfa::engine {

/// BLAKE2b-256 over every row of a service's tables but its read cursors, in hexadecimal. Two
/// services that folded the same events have the same.
std::string DigestOfTables(const std::shared_ptr<state::OpenDatabase>& database,
                           const std::string& tables);

}  // namespace ccfa::engine
