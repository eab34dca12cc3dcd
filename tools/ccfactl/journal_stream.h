#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/ccfactl/session.h"

namespace ccfa::ctl {

/// Sees a council's records, topic after topic by name, each in order. A failure ends it.
using SeeRecord = std::function<absl::Status(const std::string& topic, const std::string& record)>;

/// Every topic there is, by name.
absl::StatusOr<std::vector<std::string>> TopicsOf(Session& session);

/// All of a council's records, from whoever has each topic, with a bar; goes on at another process
/// where one is lost. What it is for is recorded there.
absl::Status StreamCouncil(Session& session, const std::string& council,
                           const std::vector<std::string>& topics, const std::string& purpose,
                           const SeeRecord& see);

}  // namespace ccfa::ctl
