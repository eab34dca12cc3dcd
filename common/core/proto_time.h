#pragma once

#include <google/protobuf/timestamp.pb.h>

#include "absl/time/time.h"

namespace ccfa {

/// To and from the wire, in whole microseconds.
google::protobuf::Timestamp ToProto(absl::Time time);
absl::Time FromProto(const google::protobuf::Timestamp& timestamp);

}  // namespace ccfa
