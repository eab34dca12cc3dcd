#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace ccfa::proof {

/// A head or a proof as people keep it: indented JSON, with the protos' own field names.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);

/// And back. INVALID_ARGUMENT naming `what` was expected.
absl::Status FromJson(const std::string& json, const std::string& what,
                      google::protobuf::Message& message);

}  // namespace ccfa::proof
