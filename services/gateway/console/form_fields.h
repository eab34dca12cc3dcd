#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/gateway/console/commands.h"
#include "services/gateway/console/page.h"
#include "services/gateway/console/posted.h"
#include "services/gateway/console/visit.h"

namespace ccfa::gateway::console {

/// A part of a form's path: "parts[0]" is parts and 0; without an index, none.
std::pair<std::string, std::optional<int>> NameAndIndex(absl::string_view part);

/// The field that a form's path names, "parts[0].level"; null where there is none.
const google::protobuf::FieldDescriptor* DescriptorOf(const google::protobuf::Descriptor& request,
                                                      const std::string& path);

/// Fills a request with what was posted for these fields; what was left empty is left out, and a
/// list has no gaps. `council` is councils/{council}. INVALID_ARGUMENT naming the field's path.
absl::Status FillRequest(const std::vector<Field>& fields, const Posted& posted,
                         const std::string& council, google::protobuf::Message& request);

/// The inputs for these fields, with what was posted for them.
std::vector<Input> InputsFor(const std::vector<Field>& fields,
                             const google::protobuf::Descriptor& request, const Posted& posted,
                             const Visit& visit);

/// Says a refusal where it belongs: at the input it names, or for the form as a whole. What is
/// missing is said piece by piece.
void Explain(const absl::Status& refusal, Form& form);

}  // namespace ccfa::gateway::console
