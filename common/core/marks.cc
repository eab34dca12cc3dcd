#include "common/core/marks.h"

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "google/protobuf/descriptor.h"

namespace ccfa {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr absl::string_view kBegin = "[[", kEnd = "]]";

/// Where a text stands: its path is put together when somebody asks.
struct Place {
  const Place* parent;
  const Message& message;
  const FieldDescriptor& field;
  int index;

  std::string Path() const {
    std::string path = parent == nullptr ? field.name() : parent->Path() + "." + field.name();
    return field.is_repeated() ? absl::StrCat(path, "[", index, "]") : path;
  }
  const std::string& Text(std::string& scratch) const {
    const auto* r = message.GetReflection();
    return field.is_repeated() ? r->GetRepeatedStringReference(message, &field, index, &scratch)
                               : r->GetStringReference(message, &field, &scratch);
  }
  const Message& Inner() const {
    const auto* r = message.GetReflection();
    return field.is_repeated() ? r->GetRepeatedMessage(message, &field, index)
                               : r->GetMessage(message, &field);
  }
};

/// Calls `see` with each text of a message, until it fails.
using SeeText = absl::FunctionRef<absl::Status(absl::string_view text, const Place& place)>;
absl::Status EachText(const Place* parent, const Message& message, SeeText see) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  std::string scratch;
  for (const FieldDescriptor* field : fields) {
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (!is_message && field->type() != FieldDescriptor::TYPE_STRING) continue;
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const Place place{parent, message, *field, i};
      absl::Status seen =
          is_message ? EachText(&place, place.Inner(), see) : see(place.Text(scratch), place);
      if (!seen.ok()) return seen;
    }
  }
  return absl::OkStatus();
}

struct Cut {
  std::string shown, whole;
};

absl::StatusOr<Cut> CutText(const std::string& field, absl::string_view text) {
  Cut cut;
  while (!text.empty()) {
    const size_t begin = text.find(kBegin);
    const absl::string_view before = text.substr(0, begin);
    if (absl::StrContains(before, kEnd))
      return InvalidField(field, "has ]] without the [[ of a mark before it");
    absl::StrAppend(&cut.shown, before);
    absl::StrAppend(&cut.whole, before);
    if (begin == absl::string_view::npos) break;
    text.remove_prefix(begin + kBegin.size());
    const size_t end = text.find(kEnd);
    const absl::string_view marked = text.substr(0, end);
    if (end == absl::string_view::npos) return InvalidField(field, "has a mark [[ without its ]]");
    if (marked.empty() || absl::StrContains(marked, kBegin))
      return InvalidField(field, "has a mark with nothing, or with another mark, in it");
    absl::StrAppend(&cut.shown, kWithheld);
    absl::StrAppend(&cut.whole, marked);
    text.remove_prefix(end + kEnd.size());
  }
  return cut;
}

/// Of a message that may be changed.
void Put(const Place& place, std::string text) {
  auto& message = const_cast<Message&>(place.message);
  const auto* reflection = message.GetReflection();
  place.field.is_repeated()
      ? reflection->SetRepeatedString(&message, &place.field, place.index, std::move(text))
      : reflection->SetString(&message, &place.field, std::move(text));
}

}  // namespace

bool HasMarks(const Message& message) {
  return !EachText(nullptr, message, [](absl::string_view text, const Place&) {
            const bool has = absl::StrContains(text, kBegin) || absl::StrContains(text, kEnd);
            return has ? absl::FailedPreconditionError("") : absl::OkStatus();
          }).ok();
}

absl::StatusOr<std::vector<MarkedText>> CutMarks(const std::string& path, Message& message) {
  std::vector<MarkedText> marked;
  absl::Status all =
      EachText(nullptr, message, [&](absl::string_view text, const Place& place) -> absl::Status {
        if (!absl::StrContains(text, kBegin) && !absl::StrContains(text, kEnd))
          return absl::OkStatus();
        const std::string field = absl::StrCat(path, ".", place.Path());
        absl::StatusOr<Cut> cut = CutText(field, text);
        if (!cut.ok()) return cut.status();
        marked.push_back({field, std::move(cut->whole)});
        Put(place, std::move(cut->shown));
        return absl::OkStatus();
      });
  if (!all.ok()) return all;
  return marked;
}

}  // namespace ccfa
