#include "common/core/bounds.h"

#include <cmath>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "google/protobuf/descriptor.h"

namespace ccfa {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What is wrong with a value, in words; empty when nothing is. Paths are only put together on the
// way back from something wrong.
std::string FlawOfText(absl::string_view text, Marks marks) {
  if (text.size() > kTextBytes)
    return absl::StrCat("at most ", kTextBytes, " bytes, got ", text.size());
  if (marks == Marks::kRefused && absl::StrContains(text, "[[")) {
    return "has [[, which marks what is personal in the details of a call that is logged, and "
           "nowhere else; say it without what is personal";
  }
  for (size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
      return absl::StrCat("a control character (0x", absl::Hex(c, absl::kZeroPad2), ") at byte ", i,
                          "; leave it out");
    }
  }
  return "";
}

std::string FlawOfNumber(double value) {
  return std::isfinite(value) ? "" : "expected a finite number";
}

absl::Status CheckMessage(const Message& message, Marks marks);

absl::Status CheckElement(const Message& message, const FieldDescriptor& field, int index,
                          Marks marks) {
  const auto* r = message.GetReflection();
  bool many = field.is_repeated();
  std::string flaw, scratch;
  absl::Status inside;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      // Bytes are no text.
      if (field.type() == FieldDescriptor::TYPE_BYTES) break;
      flaw = FlawOfText(many ? r->GetRepeatedStringReference(message, &field, index, &scratch)
                             : r->GetStringReference(message, &field, &scratch),
                        marks);
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      flaw = FlawOfNumber(many ? r->GetRepeatedDouble(message, &field, index)
                               : r->GetDouble(message, &field));
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      inside = CheckMessage(
          many ? r->GetRepeatedMessage(message, &field, index) : r->GetMessage(message, &field),
          marks);
      break;
    default:
      break;
  }
  if (flaw.empty() && inside.ok()) return absl::OkStatus();
  std::string path = many ? absl::StrCat(field.name(), "[", index, "]") : field.name();
  if (!flaw.empty()) return InvalidField(path, flaw);
  std::string inner = FieldOf(inside);
  return InvalidField(absl::StrCat(path, ".", inner), inside.message().substr(inner.size() + 2));
}

absl::Status CheckMessage(const Message& message, Marks marks) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    if (count > kElements) {
      return InvalidField(field->name(),
                          absl::StrCat("at most ", kElements, " elements, got ", count));
    }
    bool unbounded =
        field->cpp_type() == FieldDescriptor::CPPTYPE_INT32;  // any number of them will do
    for (int i = 0; i < count && !unbounded; ++i) {
      if (absl::Status status = CheckElement(message, *field, i, marks); !status.ok())
        return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckBounds(const Message& request, Marks marks) {
  return CheckMessage(request, marks);
}

}  // namespace ccfa
