#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace ccfa {

/// A refusal: a code, a stable upper-case reason for programs, and a sentence for people that says
/// what was expected, what came, and what to do. Carried as google.rpc.ErrorInfo and, where a field
/// is named, google.rpc.BadRequest, so that no edge has to translate it.
absl::Status Refuse(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                    absl::string_view field = "");

/// INVALID_ARGUMENT INVALID_FIELD: bad whatever the state.
absl::Status InvalidField(absl::string_view field, absl::string_view message);

/// NOT_FOUND NOT_FOUND: `field` names something unknown.
absl::Status NotFound(absl::string_view field, absl::string_view name);

/// FAILED_PRECONDITION WRONG_STATE: the thing's state does not allow this step.
absl::Status WrongState(absl::string_view message);

/// PERMISSION_DENIED with a reason of the rule's own.
absl::Status Forbidden(absl::string_view reason, absl::string_view message);

/// FAILED_PRECONDITION GATE_NOT_MET: one violation for each missing piece, with who may supply it.
struct Missing {
  std::string what;
  std::string supplied_by;
};
absl::Status GateNotMet(absl::string_view gate, const std::vector<Missing>& missing);

/// RESOURCE_EXHAUSTED or UNAVAILABLE with a time after which to try again.
absl::Status TryLater(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                      int retry_ms);

/// UNAVAILABLE: it should be tried again in a moment.
absl::Status NotNow(absl::string_view reason, absl::string_view message);

/// UNAVAILABLE OWNED_ELSEWHERE: nothing was done here; ask the process at `owner`, which has
/// `what`.
absl::Status OwnedElsewhere(absl::string_view owner, absl::string_view what);

/// The address to ask instead; empty when the refusal names none.
std::string OwnerOf(const absl::Status& status);

/// The stable reason of a refusal; the code's name when it carries none.
std::string ReasonOf(const absl::Status& status);

/// The field a refusal names; empty when it names none.
std::string FieldOf(const absl::Status& status);

}  // namespace ccfa
