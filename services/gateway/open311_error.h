#pragma once

#include "absl/status/status.h"
#include "services/gateway/open311_document.h"

namespace ccfa::gateway::open311 {

/// The HTTP status of a refusal, as GeoReport has it: 404 for what is not there, 403 for a key that
/// is missing, wrong or not for this, 400 for the rest of what the caller can mend.
int StatusOf(const absl::Status& refusal);

/// A refusal as the list of errors that every format has, with when to try again.
http::Response ToErrors(Format format, const absl::Status& refusal);

}  // namespace ccfa::gateway::open311
