#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/gateway/open311_key.h"
#include "services/gateway/upstream.h"

namespace ccfa::gateway::open311 {

/// The services, as one request asks them with the key it came with. A request message says by its
/// name which RPC it is for: LogCallRequest is LogCall's.
class Asking {
 public:
  /// Both outlive it.
  Asking(Upstream& upstream, Keys& keys, std::string key)
      : upstream_(upstream), keys_(keys), key_(std::move(key)) {}

  /// The only council that its key says it is for, which the services have yet to believe; empty
  /// where it says none, or several.
  absl::StatusOr<std::string> CouncilOfKey();
  /// Who has its key, as the token says; empty where it says nothing.
  std::string Holder();

  /// The refusal as the service gave it, or why the key is none.
  template <class Reply>
  absl::StatusOr<Reply> Ask(const google::protobuf::Message& request) {
    return As<Reply>(AskByKey(request));
  }

  /// What anybody may ask.
  template <class Reply>
  absl::StatusOr<Reply> AskOpenly(const google::protobuf::Message& request) {
    return As<Reply>(Send(request, {}));
  }

 private:
  using Answer = absl::StatusOr<std::unique_ptr<google::protobuf::Message>>;

  template <class Reply>
  static absl::StatusOr<Reply> As(Answer answer) {
    if (!answer.ok()) return answer.status();
    return std::move(static_cast<Reply&>(**answer));
  }

  Answer AskByKey(const google::protobuf::Message& request);
  Answer Send(const google::protobuf::Message& request, const Metadata& metadata);

  Upstream& upstream_;
  Keys& keys_;
  const std::string key_;
};

}  // namespace ccfa::gateway::open311
