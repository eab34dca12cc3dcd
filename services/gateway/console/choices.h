#pragma once

#include <vector>

#include "services/gateway/console/commands.h"
#include "services/gateway/console/visit.h"

namespace ccfa::gateway::console {

/// What a field of a form may be chosen from: the values of its enum, or what the council has.
/// Empty where it is typed.
std::vector<Option> ChoicesOf(const Field& field, const google::protobuf::FieldDescriptor& of,
                              const Visit& visit);

/// The categories of a council's calls; empty for who may not see them counted.
std::vector<std::string> KnownCategories(const Visit& visit);

/// A council's wards by code, and every council, each with an option for none.
std::vector<Option> WardChoices(const Visit& visit);
std::vector<Option> CouncilChoices(const Visit& visit);

}  // namespace ccfa::gateway::console
