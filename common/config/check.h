#pragma once

#include <string>
#include <vector>

#include "ccfa/config/v1/config.pb.h"

namespace ccfa::config {

/// What is wrong with a value that a council set.
struct Fault {
  /// "intake.screen.length"
  std::string field;
  /// What was expected, and what came.
  std::string message;
};

/// Everything that is wrong with what a council set; nothing when it may be applied (F47).
std::vector<Fault> Check(const v1::CouncilConfig& config);

}  // namespace ccfa::config
