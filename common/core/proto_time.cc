#include "common/core/proto_time.h"

namespace ccfa {

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  int64_t micros = absl::ToInt64Microseconds(time - absl::FromUnixSeconds(seconds));
  timestamp.set_nanos(static_cast<int32_t>(micros * 1000));
  return timestamp;
}

absl::Time FromProto(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

}  // namespace ccfa
