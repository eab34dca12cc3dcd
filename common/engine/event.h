#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace ccfa::engine {

/// The one event inside a service's Event message; null when its oneof is not set, which is how an
/// event of a later build looks.
const google::protobuf::Message* InnerEvent(const google::protobuf::Message& event);

/// The resource an event is about: the field `name`, which every event has first.
std::string SubjectOf(const google::protobuf::Message& inner);

/// The type of a serialized Record without decoding the rest of it; empty when it is not one.
absl::string_view TypeOf(absl::string_view record_bytes);

}  // namespace ccfa::engine
