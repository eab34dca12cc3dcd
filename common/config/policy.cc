#include "common/config/policy.h"

#include <vector>

#include "ccfa/config/v1/config.pb.h"

namespace ccfa::config {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void SetOver(Message& rules, const Message& own) {
  const auto* reflection = own.GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection->ListFields(own, &set);
  for (const FieldDescriptor* field : set) {
    bool whole = field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_repeated() ||
                 field->message_type() == v1::ClockRule::descriptor();
    if (!whole) {
      SetOver(*reflection->MutableMessage(&rules, field), reflection->GetMessage(own, field));
      continue;
    }
    // Only this field, whatever its type.
    std::unique_ptr<Message> only(own.New());
    only->CopyFrom(own);
    for (const FieldDescriptor* other : set) {
      if (other != field) reflection->ClearField(only.get(), other);
    }
    reflection->ClearField(&rules, field);
    rules.MergeFrom(*only);
  }
}

}  // namespace ccfa::config
