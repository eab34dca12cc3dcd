#include "tools/ccfactl/fields.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/core/proto_time.h"
#include "google/protobuf/descriptor.h"

namespace ccfa::ctl {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string EnumPrefix(const EnumDescriptor& type) {
  // The first value is <PREFIX>_UNSPECIFIED by the rules the protos are linted with.
  std::string zero = type.value(0)->name();
  return zero.substr(0, zero.size() - std::string("UNSPECIFIED").size());
}

std::string WordsOf(const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 1; i < type.value_count(); ++i) words.push_back(EnumWord(*type.value(i)));
  return absl::StrJoin(words, ", ");
}

template <class Number>
Number ToNumber(const std::string& text, const FieldDescriptor& field) {
  Number number{};
  bool ok;
  if constexpr (std::is_same_v<Number, double>) {
    ok = absl::SimpleAtod(text, &number);
  } else {
    ok = absl::SimpleAtoi(text, &number);
  }
  if (!ok)
    throw CLI::ValidationError("--" + field.name(), "expected a number, got \"" + text + "\"");
  return number;
}

/// Sets one scalar from text; CLI11 turns the exception into its usage error.
void SetScalar(Message& message, const FieldDescriptor& field, const std::string& text) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      field.is_repeated() ? reflection->AddString(&message, &field, text)
                          : reflection->SetString(&message, &field, text);
      return;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection->SetDouble(&message, &field, ToNumber<double>(text, field));
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(&message, &field, ToNumber<int32_t>(text, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->SetInt64(&message, &field, ToNumber<int64_t>(text, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->SetBool(&message, &field, text == "true" || text == "yes" || text == "1");
    case FieldDescriptor::CPPTYPE_ENUM: {
      absl::StatusOr<int> number = EnumNumber(*field.enum_type(), text);
      if (!number.ok()) {
        throw CLI::ValidationError("--" + field.name(), std::string(number.status().message()));
      }
      field.is_repeated() ? reflection->AddEnumValue(&message, &field, *number)
                          : reflection->SetEnumValue(&message, &field, *number);
      return;
    }
    default:
      throw CLI::ValidationError("--" + field.name(), "cannot be set here");
  }
}

/// "Highways|2026-05-01|no answer" into the fields of a repeated message, in their order.
void AddMessage(Message& message, const FieldDescriptor& field, const std::string& text) {
  Message* added = message.GetReflection()->AddMessage(&message, &field);
  std::vector<std::string> parts = absl::StrSplit(text, '|');
  const auto* type = field.message_type();
  for (size_t i = 0; i < parts.size() && i < static_cast<size_t>(type->field_count()); ++i) {
    if (!parts[i].empty()) SetScalar(*added, *type->field(static_cast<int>(i)), parts[i]);
  }
}

std::string HelpOf(const FieldDescriptor& field) {
  if (field.enum_type() != nullptr) return WordsOf(*field.enum_type());
  if (field.name() == "etag") return "Refuse when it has changed since this version";
  if (field.name() == "request_id") return "Repeated with the same id, it gets the first answer";
  if (field.is_repeated() && field.message_type() != nullptr) {
    std::vector<std::string> names;
    for (int i = 0; i < field.message_type()->field_count(); ++i) {
      names.push_back(absl::AsciiStrToUpper(field.message_type()->field(i)->name()));
    }
    return absl::StrCat(absl::StrJoin(names, "|"), "; may be given again");
  }
  return field.is_repeated() ? "May be given again" : "";
}

std::string CouncilName(const std::string& code) {
  return absl::StartsWith(code, "councils/") ? code : absl::StrCat("councils/", code);
}

void BindField(CLI::App& command, Message& message, const FieldDescriptor& field, bool top) {
  std::string option = "--" + absl::StrReplaceAll(field.name(), {{"_", "-"}});
  bool stands_first =
      top && (field.name() == "name" || field.name() == "call" || field.name() == "parent");
  if (stands_first) option = "name";
  bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  CLI::callback_t set = [&message, &field, is_message](const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      is_message ? AddMessage(message, field, value) : SetScalar(message, field, value);
    }
    return true;
  };
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    command.add_flag_callback(
        option, [&message, &field] { SetScalar(message, field, "true"); }, HelpOf(field));
    return;
  }
  CLI::Option* added = command.add_option(option, set, HelpOf(field));
  added->type_size(1)->allow_extra_args(false);
  if (field.is_repeated()) added->expected(1, CLI::detail::expected_max_vector_size)->take_all();
  if (stands_first) added->required()->description("Resource name, councils/CODE/...");
}

/// Most parents are councils; an action's is a problem, a recommendation's a referral, what a
/// review asks for has the review.
bool IsUnderAThing(const google::protobuf::Descriptor& request) {
  static const std::set<std::string> kUnderAThing = {
      "MakeRecommendationRequest", "ProposeActionRequest", "RequestAttendanceRequest",
      "RequestInformationRequest"};
  return kUnderAThing.count(request.name()) > 0;
}

void BindCouncil(CLI::App& command, Message& message, const FieldDescriptor& field) {
  auto set = [&message, &field](const std::string& code) {
    SetScalar(message, field, CouncilName(code));
  };
  command.add_option_function<std::string>("--council", set, "The council's ONS code")->required();
}

void BindTime(CLI::App& command, Message& message, const FieldDescriptor& field) {
  auto set = [&message, &field](const std::string& text) {
    absl::Time time;
    if (!absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) {
      throw CLI::ValidationError("--" + field.name(),
                                 "expected a time such as 2026-11-27T10:00:00Z");
    }
    auto* to = message.GetReflection()->MutableMessage(&message, &field);
    static_cast<google::protobuf::Timestamp&>(*to) = ToProto(time);
  };
  command.add_option_function<std::string>("--" + field.name(), set,
                                           "Such as 2026-11-27T10:00:00Z");
}

void Bind(CLI::App& command, Message& message, const std::set<std::string>& leave_out, bool top) {
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    bool nested = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_repeated();
    const bool is_time = nested && field.message_type()->full_name() == "google.protobuf.Timestamp";
    if (leave_out.count(field.name()) > 0) continue;
    if (top && field.name() == "parent" && !IsUnderAThing(*type)) {
      BindCouncil(command, message, field);
    } else if (is_time) {
      // Of what a request carries along, times are the server's.
      if (top) BindTime(command, message, field);
    } else if (nested) {
      Bind(command, *message.GetReflection()->MutableMessage(&message, &field), leave_out, false);
    } else {
      BindField(command, message, field, top);
    }
  }
}

}  // namespace

std::string EnumWord(const google::protobuf::EnumValueDescriptor& value) {
  std::string word = value.name().substr(EnumPrefix(*value.type()).size());
  return absl::AsciiStrToLower(absl::StrReplaceAll(word, {{"_", "-"}}));
}

absl::StatusOr<int> EnumNumber(const EnumDescriptor& type, const std::string& word) {
  for (int i = 1; i < type.value_count(); ++i) {
    if (EnumWord(*type.value(i)) == word) return type.value(i)->number();
  }
  return absl::NotFoundError(
      absl::StrCat("expected one of ", WordsOf(type), "; got \"", word, "\""));
}

void BindFields(CLI::App& command, Message& request, const std::set<std::string>& leave_out) {
  Bind(command, request, leave_out, /*top=*/true);
}

void Prune(Message& message) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    Message* nested = reflection->MutableMessage(&message, field);
    Prune(*nested);
    if (nested->ByteSizeLong() == 0) reflection->ClearField(&message, field);
  }
}

}  // namespace ccfa::ctl
