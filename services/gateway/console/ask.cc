#include "services/gateway/console/ask.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/routes.h"

namespace ccfa::gateway::console {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

const MethodDescriptor* MethodOf(const Descriptor& request) {
  static const auto* by_request = [] {
    auto* made = new absl::flat_hash_map<const Descriptor*, const MethodDescriptor*>();
    for (const google::protobuf::ServiceDescriptor* service : EveryService()) {
      for (int i = 0; i < service->method_count(); ++i)
        made->emplace(service->method(i)->input_type(), service->method(i));
    }
    return made;
  }();
  auto found = by_request->find(&request);
  return found == by_request->end() ? nullptr : found->second;
}

absl::StatusOr<std::unique_ptr<Message>> Asker::AskAny(const Message& request) const {
  const MethodDescriptor* method = MethodOf(*request.GetDescriptor());
  if (method == nullptr) return absl::InternalError("no RPC takes this request");
  Metadata metadata;
  if (visitor_.signed_in())
    metadata.emplace_back("authorization", absl::StrCat("Bearer ", visitor_.token));
  return upstream_.Ask(*method, request, metadata);
}

}  // namespace ccfa::gateway::console
