#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ccfa/config/v1/config.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "services/gateway/open311_document.h"
#include "services/gateway/open311_form.h"

namespace ccfa::gateway::open311 {

/// "Fly-tipping", of "fly-tipping".
std::string ServiceName(absl::string_view code);

/// Whether a council takes reports of this category.
bool HasService(const config::v1::CouncilConfig& config, absl::string_view code);

/// The categories that a council names, as services.
Document ServicesOf(const config::v1::CouncilConfig& config);

/// What else there is to ask of a service: the same of each, and nothing that must be said.
Document DefinitionOf(absl::string_view code);

/// Takes the answers, `attribute[code]`, into a call. INVALID_ARGUMENT naming the argument: it is
/// no attribute, or none of its values.
absl::Status ReadAttributes(const Form& form, intake::v1::CallDetails& details);

}  // namespace ccfa::gateway::open311
