#include "tools/ccfactl/print.h"

#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/core/proto_time.h"
#include "google/protobuf/descriptor.h"
#include "tools/ccfactl/fields.h"

namespace ccfa::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kWidestColumn = 60;

std::string TimeWords(const google::protobuf::Timestamp& time) {
  absl::TimeZone london = absl::UTCTimeZone();
  absl::LoadTimeZone("Europe/London", &london);
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", FromProto(time), london);
}

/// One element of a field as words. Nested messages other than times are joined by their own
/// fields.
std::string ValueWords(const Message& message, const FieldDescriptor& field, int index) {
  const auto* r = message.GetReflection();
  bool many = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return many ? r->GetRepeatedString(message, &field, index) : r->GetString(message, &field);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrFormat("%.10g", many ? r->GetRepeatedDouble(message, &field, index)
                                           : r->GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return r->GetBool(message, &field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(many ? r->GetRepeatedInt32(message, &field, index)
                               : r->GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(r->GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(r->GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = r->GetEnum(message, &field);
      return value->number() == 0 ? "" : EnumWord(*value);
    }
    default: {
      const Message& nested =
          many ? r->GetRepeatedMessage(message, &field, index) : r->GetMessage(message, &field);
      const auto* time = dynamic_cast<const google::protobuf::Timestamp*>(&nested);
      bool is_set = many || r->HasField(message, &field);
      return time != nullptr && is_set ? TimeWords(*time) : "";
    }
  }
}

bool IsNested(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->full_name() != "google.protobuf.Timestamp";
}

std::string CellOf(const Message& message, const std::string& path) {
  const Message* at = &message;
  std::vector<std::string> names = absl::StrSplit(path, '.');
  for (size_t i = 0; i < names.size(); ++i) {
    const auto* field = at->GetDescriptor()->FindFieldByName(names[i]);
    if (field == nullptr) return "?";
    if (i + 1 < names.size()) {
      at = &at->GetReflection()->GetMessage(*at, field);
    } else if (field->is_repeated()) {
      int count = at->GetReflection()->FieldSize(*at, field);
      std::vector<std::string> words;
      for (int k = 0; k < count; ++k) words.push_back(ValueWords(*at, *field, k));
      return IsNested(*field) ? absl::StrCat(count) : absl::StrJoin(words, ", ");
    } else {
      return ValueWords(*at, *field, 0);
    }
  }
  return "";
}

std::string OneLine(std::string text) {
  text = absl::StrReplaceAll(text, {{"\n", " "}, {"\t", " "}});
  if (text.size() <= kWidestColumn) return text;
  size_t cut = kWidestColumn - 3;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  return text.substr(0, cut) + "...";
}

}  // namespace

std::string ToJson(const Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  return status.ok() ? json : absl::StrCat("{\"error\":\"", std::string(status.message()), "\"}");
}

void PrintFields(std::ostream& out, const Message& message, int indent) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::string margin(indent, ' ');
  for (const FieldDescriptor* field : fields) {
    std::string label = absl::StrReplaceAll(field->name(), {{"_", " "}});
    int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (!IsNested(*field)) {
        out << margin << label << ": " << ValueWords(message, *field, i) << "\n";
        continue;
      }
      out << margin << label << ":\n";
      PrintFields(out,
                  field->is_repeated()
                      ? message.GetReflection()->GetRepeatedMessage(message, field, i)
                      : message.GetReflection()->GetMessage(message, field),
                  indent + 2);
    }
  }
}

void Table::Add(const Message& message) {
  std::vector<std::string> row;
  for (const std::string& column : columns_) row.push_back(OneLine(CellOf(message, column)));
  rows_.push_back(std::move(row));
}

void Table::PrintJson(std::ostream& out) const {
  for (const auto& row : rows_) {
    nlohmann::ordered_json line;
    for (size_t i = 0; i < columns_.size(); ++i) line[columns_[i]] = row[i];
    out << line.dump() << "\n";
  }
}

void Table::Print(std::ostream& out, bool with_heads) const {
  std::vector<std::string> heads;
  for (const std::string& column : columns_) {
    heads.push_back(absl::AsciiStrToUpper(
        absl::StrReplaceAll(column.substr(column.rfind('.') + 1), {{"_", " "}})));
  }
  std::vector<size_t> widths;
  for (size_t i = 0; i < heads.size(); ++i) {
    widths.push_back(with_heads ? heads[i].size() : 0);
    for (const auto& row : rows_) widths[i] = std::max(widths[i], row[i].size());
  }
  auto line = [&](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
      bool last = i + 1 == cells.size();
      out << cells[i] << (last ? "\n" : std::string(widths[i] - cells[i].size() + 2, ' '));
    }
  };
  if (with_heads) line(heads);
  for (const auto& row : rows_) line(row);
}

}  // namespace ccfa::ctl
