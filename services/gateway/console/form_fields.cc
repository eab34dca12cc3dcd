#include "services/gateway/console/form_fields.h"

#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"
#include "services/gateway/console/choices.h"
#include "services/gateway/fields.h"
#include "services/gateway/problem.h"

namespace ccfa::gateway::console {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// Where the items of lists go: the first that is given is the first, whichever the form had.
class Places {
 public:
  /// The message that has the last field of a path, made where it is not there yet.
  Message* HolderOf(Message& request, const std::string& path) {
    Message* within = &request;
    std::string so_far;
    const std::vector<std::string> parts = absl::StrSplit(path, '.');
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
      const auto [name, index] = NameAndIndex(parts[i]);
      const FieldDescriptor* field = within->GetDescriptor()->FindFieldByName(name);
      absl::StrAppend(&so_far, ".", parts[i]);
      const auto* reflection = within->GetReflection();
      if (!index) {
        within = reflection->MutableMessage(within, field);
        continue;
      }
      auto [place, is_new] = places_.emplace(so_far, reflection->FieldSize(*within, field));
      within = is_new ? reflection->AddMessage(within, field)
                      : reflection->MutableRepeatedMessage(within, field, place->second);
    }
    return within;
  }

 private:
  std::map<std::string, int> places_;
};

std::vector<std::string> TextsOf(const Field& field, const std::string& posted,
                                 const std::string& council) {
  switch (field.kind) {
    case Field::Kind::kFixed:
      return {field.hint};
    case Field::Kind::kLines: {
      std::vector<std::string> lines;
      for (absl::string_view line : absl::StrSplit(posted, '\n')) {
        line = absl::StripAsciiWhitespace(line);
        if (!line.empty()) lines.emplace_back(line);
      }
      return lines;
    }
    case Field::Kind::kNewId:
      if (posted.empty()) return {};
      return {field.hint == "accounts" ? absl::StrCat("accounts/", posted)
                                       : absl::StrCat(council, "/", field.hint, "/", posted)};
    default:
      return posted.empty() ? std::vector<std::string>() : std::vector<std::string>{posted};
  }
}

Input::Kind KindOf(Field::Kind kind, bool is_yes_or_no, bool has_options) {
  switch (kind) {
    case Field::Kind::kText:
    case Field::Kind::kLines:
      return Input::Kind::kText;
    case Field::Kind::kNumber:
      return Input::Kind::kNumber;
    case Field::Kind::kDate:
      return Input::Kind::kDate;
    case Field::Kind::kPassword:
      return Input::Kind::kPassword;
    default:
      if (is_yes_or_no) return Input::Kind::kRadios;
      return has_options ? Input::Kind::kChoice : Input::Kind::kLine;
  }
}

}  // namespace

std::pair<std::string, std::optional<int>> NameAndIndex(absl::string_view part) {
  const size_t bracket = part.find('[');
  if (bracket == absl::string_view::npos) return {std::string(part), std::nullopt};
  int index = 0;
  if (!absl::SimpleAtoi(part.substr(bracket + 1, part.find(']') - bracket - 1), &index)) index = 0;
  return {std::string(part.substr(0, bracket)), index};
}

const FieldDescriptor* DescriptorOf(const Descriptor& request, const std::string& path) {
  const Descriptor* within = &request;
  const FieldDescriptor* field = nullptr;
  for (absl::string_view part : absl::StrSplit(path, '.')) {
    if (within == nullptr) return nullptr;
    const auto [name, index] = NameAndIndex(part);
    field = within->FindFieldByName(name);
    if (field == nullptr || index.has_value() != field->is_repeated()) {
      // A list of texts is one field, whose lines are its items.
      if (field == nullptr || index || field->message_type() != nullptr) return nullptr;
    }
    within = field->message_type();
  }
  return field;
}

absl::Status FillRequest(const std::vector<Field>& fields, const Posted& posted,
                         const std::string& council, Message& request) {
  Places places;
  for (const Field& field : fields) {
    const bool exact = field.kind == Field::Kind::kPassword;
    const std::string given = exact ? posted.Exactly(field.path) : posted.Get(field.path);
    for (const std::string& text : TextsOf(field, given, council)) {
      Message* holder = places.HolderOf(request, field.path);
      const std::vector<std::string> parts = absl::StrSplit(field.path, '.');
      absl::Status set = SetField(*holder, NameAndIndex(parts.back()).first, text);
      if (!set.ok()) return InvalidField(field.path, set.message());
    }
  }
  return absl::OkStatus();
}

std::vector<Input> InputsFor(const std::vector<Field>& fields, const Descriptor& request,
                             const Posted& posted, const Visit& visit) {
  std::vector<Input> inputs;
  for (const Field& field : fields) {
    const FieldDescriptor* of = DescriptorOf(request, field.path);
    if (of == nullptr || field.kind == Field::Kind::kFixed) continue;
    Input input{.name = field.path, .label = field.label};
    if (field.kind != Field::Kind::kNewId) input.hint = field.hint;
    input.options = ChoicesOf(field, *of, visit);
    if (field.kind == Field::Kind::kCategory) input.known = KnownCategories(visit);
    const bool yes_or_no = of->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
    input.kind = KindOf(field.kind, yes_or_no, !input.options.empty());
    if (input.kind != Input::Kind::kPassword) input.value = posted.Get(field.path);
    if (input.kind == Input::Kind::kPassword) input.autocomplete = "off";
    inputs.push_back(std::move(input));
  }
  return inputs;
}

void Explain(const absl::Status& refusal, Form& form) {
  const nlohmann::json problem = nlohmann::json::parse(ToProblem(refusal).body, nullptr, false);
  if (auto missing = problem.find("missing"); missing != problem.end()) {
    for (const auto& piece : *missing) form.errors.push_back(piece.get<std::string>());
    return;
  }
  const std::string field = FieldOf(refusal);
  // The field is said by where the words stand.
  absl::string_view words = refusal.message();
  absl::ConsumePrefix(&words, field + ": ");
  const std::string message(words);
  for (Input& input : form.inputs) {
    if (input.name == field || (!field.empty() && absl::EndsWith(input.name, "." + field))) {
      input.error = message;
      return;
    }
  }
  form.errors.push_back(message);
}

}  // namespace ccfa::gateway::console
