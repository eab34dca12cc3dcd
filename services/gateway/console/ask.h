#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "services/gateway/console/visitor.h"
#include "services/gateway/upstream.h"

namespace ccfa::gateway::console {

/// The RPC that takes a request of that type; there is no other that does. Null: there is none.
const google::protobuf::MethodDescriptor* MethodOf(const google::protobuf::Descriptor& request);

/// Asks the services in a visitor's name: they judge what is theirs to see and to do.
class Asker {
 public:
  /// Both outlive it.
  Asker(Upstream& upstream, const Visitor& visitor) : upstream_(upstream), visitor_(visitor) {}

  /// The refusal as the service gave it, or UNAVAILABLE.
  template <class Answer>
  absl::StatusOr<Answer> Ask(const google::protobuf::Message& request) const {
    absl::StatusOr<std::unique_ptr<google::protobuf::Message>> answer = AskAny(request);
    if (!answer.ok()) return answer.status();
    return std::move(static_cast<Answer&>(**answer));
  }
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> AskAny(
      const google::protobuf::Message& request) const;

 private:
  Upstream& upstream_;
  const Visitor& visitor_;
};

}  // namespace ccfa::gateway::console
