#pragma once

#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace ccfa::config {

/// The clocks of a service's rules that run otherwise after than before, by their fields' names.
/// One that is switched off is not among them: what runs, runs on.
std::vector<std::string> ChangedClocks(const google::protobuf::Message& before,
                                       const google::protobuf::Message& after);

}  // namespace ccfa::config
