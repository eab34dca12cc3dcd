#include "services/gateway/console/edited.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ccfa/config/v1/config.pb.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "services/gateway/console/form_fields.h"
#include "services/gateway/upstream.h"

namespace ccfa::gateway::console {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

template <class Answer, class Request>
absl::Status CopyTo(Message& thing, const Visit& visit, const Request& request) {
  absl::StatusOr<Answer> answer = visit.Ask<Answer>(request);
  if (answer.ok()) thing.CopyFrom(*answer);
  return answer.status();
}

absl::Status CopyAccountTo(Message& thing, const Visit& visit) {
  namespace identity = ccfa::identity::v1;
  auto accounts = visit.Ask<identity::ListAccountsResponse>(identity::ListAccountsRequest());
  if (!accounts.ok()) return accounts.status();
  for (const identity::Account& account : accounts->accounts()) {
    if (account.name() == visit.name) thing.CopyFrom(account);
  }
  return absl::OkStatus();
}

/// The thing that a visit is about, as it is now.
absl::Status CopyThingTo(Message& thing, const Visit& visit) {
  if (thing.GetDescriptor() == ccfa::identity::v1::Account::descriptor())
    return CopyAccountTo(thing, visit);
  if (thing.GetDescriptor() == ccfa::routing::v1::Team::descriptor()) {
    ccfa::routing::v1::GetTeamRequest request;
    request.set_name(visit.name);
    return CopyTo<ccfa::routing::v1::Team>(thing, visit, request);
  }
  ccfa::routing::v1::GetCouncilConfigRequest request;
  request.set_name(visit.name);
  request.set_own(true);
  return CopyTo<ccfa::config::v1::CouncilConfig>(thing, visit, request);
}

/// One value as a form has it.
std::string TextOf(const Message& message, const FieldDescriptor& field, int index) {
  const auto* reflection = message.GetReflection();
  const bool one = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return one ? reflection->GetRepeatedString(message, &field, index)
                 : reflection->GetString(message, &field);
    case FieldDescriptor::CPPTYPE_INT32: {
      const int value = one ? reflection->GetRepeatedInt32(message, &field, index)
                            : reflection->GetInt32(message, &field);
      return value == 0 ? "" : absl::StrCat(value);
    }
    default:
      return "";
  }
}

/// The message that has a path's last field, and that field; null where an item is not there.
std::pair<const Message*, const FieldDescriptor*> Find(const Message& request,
                                                       const std::string& path) {
  const Message* within = &request;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const auto [name, index] = NameAndIndex(parts[i]);
    const FieldDescriptor* field = within->GetDescriptor()->FindFieldByName(name);
    const auto* reflection = within->GetReflection();
    if (!index) {
      within = &reflection->GetMessage(*within, field);
    } else if (*index < reflection->FieldSize(*within, field)) {
      within = &reflection->GetRepeatedMessage(*within, field, *index);
    } else {
      return {nullptr, nullptr};
    }
  }
  return {within, within->GetDescriptor()->FindFieldByName(parts.back())};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Message>> RequestToEdit(const Command& command, const Visit& visit) {
  std::unique_ptr<Message> request = NewMessage(*command.rpc->input_type());
  if (command.edits.empty()) return request;
  const FieldDescriptor* field = request->GetDescriptor()->FindFieldByName(command.edits);
  Message* thing = request->GetReflection()->MutableMessage(request.get(), field);
  if (absl::Status copied = CopyThingTo(*thing, visit); !copied.ok()) return copied;
  return request;
}

Posted AsPosted(const std::vector<Field>& fields, const Message& request) {
  Posted posted;
  for (const Field& field : fields) {
    const auto [holder, descriptor] = Find(request, field.path);
    if (holder == nullptr || descriptor == nullptr) continue;
    std::vector<std::string> texts;
    const int size =
        descriptor->is_repeated() ? holder->GetReflection()->FieldSize(*holder, descriptor) : 1;
    for (int i = 0; i < size; ++i) texts.push_back(TextOf(*holder, *descriptor, i));
    posted.Add(field.path, absl::StrJoin(texts, "\n"));
  }
  return posted;
}

void ClearFields(const std::vector<Field>& fields, Message& request) {
  for (const Field& field : fields) {
    Message* within = &request;
    const std::vector<std::string> parts = absl::StrSplit(field.path, '.');
    for (const std::string& part : parts) {
      const auto [name, index] = NameAndIndex(part);
      const FieldDescriptor* descriptor = within->GetDescriptor()->FindFieldByName(name);
      if (index || descriptor->message_type() == nullptr) {
        within->GetReflection()->ClearField(within, descriptor);
        break;
      }
      within = within->GetReflection()->MutableMessage(within, descriptor);
    }
  }
}

void DropEmptyParts(Message& request) {
  const auto* reflection = request.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(request, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->message_type() == nullptr || field->is_repeated()) continue;
    Message* part = reflection->MutableMessage(&request, field);
    DropEmptyParts(*part);
    if (part->ByteSizeLong() == 0) reflection->ClearField(&request, field);
  }
}

}  // namespace ccfa::gateway::console
