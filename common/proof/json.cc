#include "common/proof/json.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::proof {

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  auto printed = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (printed.ok()) return json;
  return absl::InternalError(std::string(printed.message()));
}

absl::Status FromJson(const std::string& json, const std::string& what,
                      google::protobuf::Message& message) {
  auto parsed = google::protobuf::util::JsonStringToMessage(json, &message);
  if (parsed.ok()) return absl::OkStatus();
  return InvalidField(
      what, absl::StrCat("expected the JSON of a ", what, ": ", std::string(parsed.message())));
}

}  // namespace ccfa::proof
