#include "common/rpc/request.h"

#include "absl/time/clock.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/telemetry/traceparent.h"
#include "google/protobuf/descriptor.h"

namespace ccfa::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string Metadata(const grpc::ServerContextBase& context, const char* key) {
  auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return "";
  return std::string(found->second.data(), found->second.size());
}

}  // namespace

absl::StatusOr<Actor> ActorOf(const grpc::ServerContextBase& context) {
  return ParseActor(Metadata(context, kActorKey));
}

std::string TraceparentOf(const grpc::CallbackServerContext& context) {
  std::string text = Metadata(context, kTraceparentKey);
  return telemetry::ParseTraceparent(text) ? text : "";
}

absl::StatusOr<std::optional<absl::Time>> AsAtOf(const grpc::CallbackServerContext& context) {
  const std::string text = Metadata(context, kAsAtKey);
  if (text.empty()) return std::nullopt;
  absl::Time moment;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, text, &moment, &error) && moment > absl::InfinitePast() &&
      moment < absl::InfiniteFuture()) {
    return moment;
  }
  return InvalidField(kAsAtKey, absl::StrCat("expected a time such as 2026-11-27T10:00:00Z, got \"",
                                             text.substr(0, 80), "\""));
}

absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  auto deadline = context.deadline();
  return deadline == std::chrono::system_clock::time_point::max() ? absl::InfiniteFuture()
                                                                  : absl::FromChrono(deadline);
}

std::string StringField(const Message& request, const char* field) {
  const auto* descriptor = request.GetDescriptor()->FindFieldByName(field);
  if (descriptor == nullptr || descriptor->cpp_type() != FieldDescriptor::CPPTYPE_STRING ||
      descriptor->is_repeated()) {
    return "";
  }
  return request.GetReflection()->GetString(request, descriptor);
}

absl::StatusOr<std::string> CouncilOfRequest(const Message& request) {
  for (const char* field : {"parent", "name", "call"}) {
    std::string name = StringField(request, field);
    if (name.empty()) continue;
    absl::string_view council = CouncilOf(name);
    if (IsId(council)) return std::string(council);
    return InvalidField(field,
                        absl::StrCat("expected a name that starts with councils/CODE, got \"",
                                     name.substr(0, 80), "\""));
  }
  // What is registered carries its own name: RegisterWard's `ward.name`.
  const auto* first = request.GetDescriptor()->field(0);
  if (first->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !first->is_repeated()) {
    absl::StatusOr<std::string> council =
        CouncilOfRequest(request.GetReflection()->GetMessage(request, first));
    if (council.ok()) return council;
    return InvalidField(absl::StrCat(first->name(), ".name"),
                        "expected a name that starts with councils/CODE");
  }
  return InvalidField(first->name(), "is required: a name that starts with councils/CODE");
}

}  // namespace ccfa::rpc
