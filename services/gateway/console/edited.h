#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "services/gateway/console/commands.h"
#include "services/gateway/console/posted.h"
#include "services/gateway/console/visit.h"

namespace ccfa::gateway::console {

/// What a command that edits a thing begins with: its request, with the thing as it is now. Of any
/// other command, an empty one.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> RequestToEdit(const Command& command,
                                                                         const Visit& visit);

/// What stands in a request's fields, as a form would have posted it.
Posted AsPosted(const std::vector<Field>& fields, const google::protobuf::Message& request);

/// Empties these fields, so that what is posted takes the place of what was there.
void ClearFields(const std::vector<Field>& fields, google::protobuf::Message& request);

/// Leaves out the parts of a request that have nothing in them.
void DropEmptyParts(google::protobuf::Message& request);

}  // namespace ccfa::gateway::console
