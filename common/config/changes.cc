#include "common/config/changes.h"

#include "ccfa/config/v1/config.pb.h"

namespace ccfa::config {

std::vector<std::string> ChangedClocks(const google::protobuf::Message& before,
                                       const google::protobuf::Message& after) {
  std::vector<std::string> changed;
  const auto* type = after.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    if (field->message_type() != v1::ClockRule::descriptor() || field->is_repeated()) continue;
    const auto& rule =
        static_cast<const v1::ClockRule&>(after.GetReflection()->GetMessage(after, field));
    const auto& old =
        static_cast<const v1::ClockRule&>(before.GetReflection()->GetMessage(before, field));
    if (!rule.length().empty() && rule.SerializeAsString() != old.SerializeAsString())
      changed.push_back(field->name());
  }
  return changed;
}

}  // namespace ccfa::config
