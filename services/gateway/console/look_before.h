#pragma once

#include <optional>

#include "google/protobuf/message.h"
#include "services/gateway/console/commands.h"
#include "services/gateway/console/visit.h"

namespace ccfa::gateway::console {

/// The field by which a form says that whoever sends it has looked.
inline constexpr char kLooked[] = "looked";

/// What somebody should look at before a command is done, with its form to go on: of a call about
/// to be logged, the open ones it may be a duplicate of (F8). None where there is nothing of the
/// kind, or they have looked.
std::optional<Page> LookBefore(const Command& command, const Visit& visit, const Posted& posted,
                               const google::protobuf::Message& request);

}  // namespace ccfa::gateway::console
