#include "common/engine/event.h"

#include "google/protobuf/descriptor.h"

namespace ccfa::engine {

const google::protobuf::Message* InnerEvent(const google::protobuf::Message& event) {
  const auto* oneof = event.GetDescriptor()->oneof_decl(0);
  const auto* reflection = event.GetReflection();
  const auto* field = reflection->GetOneofFieldDescriptor(event, oneof);
  return field ? &reflection->GetMessage(event, field) : nullptr;
}

std::string SubjectOf(const google::protobuf::Message& inner) {
  const auto* name = inner.GetDescriptor()->FindFieldByNumber(1);
  return inner.GetReflection()->GetString(inner, name);
}

absl::string_view TypeOf(absl::string_view record_bytes) {
  // Field 1 comes first: a tag, a length below 128, the text.
  constexpr char kTypeTag = 0x0a;
  if (record_bytes.size() < 2 || record_bytes[0] != kTypeTag || record_bytes[1] < 0) return "";
  return record_bytes.substr(2, static_cast<size_t>(record_bytes[1]));
}

}  // namespace ccfa::engine
