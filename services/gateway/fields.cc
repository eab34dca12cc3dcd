#include "services/gateway/fields.h"

#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"

namespace ccfa::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

const FieldDescriptor* FindOne(const Descriptor& type, absl::string_view name) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->name() == name || type.field(i)->json_name() == name) return type.field(i);
  }
  return nullptr;
}

/// Sets or adds, by the two functions that reflection has for a type.
template <class Value>
using Put = void (Reflection::*)(Message*, const FieldDescriptor*, Value) const;
template <class Value, class Given>
void Store(Message& message, const FieldDescriptor& field, Put<Value> set, Put<Value> add,
           Given value) {
  const Reflection& reflection = *message.GetReflection();
  (reflection.*(field.is_repeated() ? add : set))(&message, &field, std::move(value));
}

template <class Number>
absl::Status StoreNumber(Message& message, const FieldDescriptor& field, const std::string& text,
                         Put<Number> set, Put<Number> add) {
  Number number{};
  bool read = false;
  if constexpr (std::is_same_v<Number, float>) {
    read = absl::SimpleAtof(text, &number);
  } else if constexpr (std::is_same_v<Number, double>) {
    read = absl::SimpleAtod(text, &number);
  } else if constexpr (std::is_same_v<Number, bool>) {
    read = absl::SimpleAtob(text, &number);
  } else {
    read = absl::SimpleAtoi(text, &number);
  }
  if (!read) {
    return InvalidField(field.name(), std::is_same_v<Number, bool>
                                          ? "expected true or false"
                                          : "expected a number in the field's range");
  }
  Store(message, field, set, add, number);
  return absl::OkStatus();
}

absl::Status StoreEnum(Message& message, const FieldDescriptor& field, const std::string& text) {
  const auto* value = field.enum_type()->FindValueByName(text);
  if (value == nullptr) {
    return InvalidField(
        field.name(),
        absl::StrCat("expected a name of ", field.enum_type()->name(), ", as ",
                     field.enum_type()->value(1 % field.enum_type()->value_count())->name()));
  }
  Store(message, field, &Reflection::SetEnum, &Reflection::AddEnum, value);
  return absl::OkStatus();
}

/// What JSON writes as one text: times, durations, field masks.
absl::Status StoreText(Message& message, const FieldDescriptor& field, const std::string& text) {
  const std::string& type = field.message_type()->full_name();
  if (field.is_repeated() ||
      (type != "google.protobuf.Timestamp" && type != "google.protobuf.Duration" &&
       type != "google.protobuf.FieldMask")) {
    return InvalidField(field.name(), "expected one of its own fields behind a dot");
  }
  Message& part = *message.GetReflection()->MutableMessage(&message, &field);
  if (!FromJson(nlohmann::json(ToUtf8(text)).dump(), part).ok())
    return InvalidField(field.name(), absl::StrCat("is no ", field.message_type()->name()));
  return absl::OkStatus();
}

absl::Status Store(Message& message, const FieldDescriptor& field, const std::string& text) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value = text;
      if (field.type() == FieldDescriptor::TYPE_BYTES && !absl::Base64Unescape(text, &value))
        return InvalidField(field.name(), "expected base64");
      Store(message, field, &Reflection::SetString, &Reflection::AddString, std::move(value));
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_INT32:
      return StoreNumber<int32_t>(message, field, text, &Reflection::SetInt32,
                                  &Reflection::AddInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return StoreNumber<int64_t>(message, field, text, &Reflection::SetInt64,
                                  &Reflection::AddInt64);
    case FieldDescriptor::CPPTYPE_UINT32:
      return StoreNumber<uint32_t>(message, field, text, &Reflection::SetUInt32,
                                   &Reflection::AddUInt32);
    case FieldDescriptor::CPPTYPE_UINT64:
      return StoreNumber<uint64_t>(message, field, text, &Reflection::SetUInt64,
                                   &Reflection::AddUInt64);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return StoreNumber<double>(message, field, text, &Reflection::SetDouble,
                                 &Reflection::AddDouble);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return StoreNumber<float>(message, field, text, &Reflection::SetFloat, &Reflection::AddFloat);
    case FieldDescriptor::CPPTYPE_BOOL:
      return StoreNumber<bool>(message, field, text, &Reflection::SetBool, &Reflection::AddBool);
    case FieldDescriptor::CPPTYPE_ENUM:
      return StoreEnum(message, field, text);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return StoreText(message, field, text);
  }
  return absl::InternalError("a field of no type");
}

}  // namespace

std::vector<const FieldDescriptor*> FindField(const Descriptor& type, absl::string_view path) {
  std::vector<const FieldDescriptor*> fields;
  const Descriptor* within = &type;
  for (absl::string_view name : absl::StrSplit(path, '.')) {
    if (within == nullptr || (!fields.empty() && fields.back()->is_repeated())) return {};
    const FieldDescriptor* field = FindOne(*within, name);
    if (field == nullptr) return {};
    fields.push_back(field);
    within = field->message_type();
  }
  return fields;
}

absl::Status SetField(Message& message, absl::string_view path, const std::string& text) {
  const auto fields = FindField(*message.GetDescriptor(), path);
  if (fields.empty()) {
    return InvalidField(
        path, absl::StrCat("there is no such field in ", message.GetDescriptor()->name()));
  }
  Message* within = &message;
  for (size_t i = 0; i + 1 < fields.size(); ++i)
    within = within->GetReflection()->MutableMessage(within, fields[i]);
  return Store(*within, *fields.back(), text);
}

absl::Status FromJson(const std::string& json, Message& message) {
  // Protobuf takes a text that is cut off in the middle for a whole one.
  if (!nlohmann::json::accept(json)) return InvalidField("body", "is no JSON");
  auto parsed = google::protobuf::util::JsonStringToMessage(json, &message);
  return parsed.ok() ? absl::OkStatus() : InvalidField("body", parsed.message().ToString());
}

std::string ToJson(const Message& message) {
  std::string json;
  return google::protobuf::util::MessageToJsonString(message, &json).ok() ? json : "{}";
}

}  // namespace ccfa::gateway
