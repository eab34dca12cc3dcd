#pragma once

#include "absl/status/status.h"
#include "common/http/message.h"

namespace ccfa::gateway {

/// The HTTP status of a refusal, as google.rpc.Code maps them; what was asked on condition of an
/// etag that has moved is 412.
int HttpStatusOf(const absl::Status& refusal);

/// A refusal as RFC 9457 has it, with our stable reason, the fields it names, what a gate still
/// wants, and when to try again.
http::Response ToProblem(const absl::Status& refusal);

}  // namespace ccfa::gateway
