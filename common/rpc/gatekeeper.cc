#include "common/rpc/gatekeeper.h"

#include <google/rpc/status.pb.h>

#include "common/rpc/request.h"
#include "common/rpc/status.h"
#include "google/protobuf/message.h"

namespace ccfa::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

constexpr char kAuthorizationKey[] = "authorization";
/// Never of a caller: a server takes away what they write there.
constexpr char kRefusalKey[] = "ccfa-refusal";

std::vector<std::string> ValuesOf(const Metadata& metadata, const char* key) {
  std::vector<std::string> values;
  auto [first, last] = metadata.equal_range(key);
  for (; first != last; ++first) values.emplace_back(first->second.data(), first->second.size());
  return values;
}

/// One RPC's. It lives as long as the RPC, and with it what the metadata refers to.
class Gatekeeper final : public grpc::experimental::Interceptor {
 public:
  Gatekeeper(const Gate& gate, const grpc::experimental::ServerRpcInfo& info)
      : gate_(gate), method_(info.method()) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      // A unary request is there with its metadata.
      void* message = methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_MESSAGE)
                          ? methods->GetRecvMessage()
                          : nullptr;
      Judge(*methods->GetRecvInitialMetadata(), message);
    }
    if (!refusal_.ok() &&
        methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      methods->ModifySendStatus(ToGrpc(refusal_));
    }
    methods->Proceed();
  }

 private:
  void Judge(Metadata& metadata, void* message) {
    Gate::Ask ask{.method = method_, .request = nullptr, .authorizations = {}, .actor = ""};
    ask.authorizations = ValuesOf(metadata, kAuthorizationKey);
    for (std::string& actor : ValuesOf(metadata, kActorKey)) ask.actor = std::move(actor);
    // Only what is in the table with roles is looked into, and all of that is protobuf's.
    ask.request = static_cast<const google::protobuf::Message*>(message);
    absl::StatusOr<std::string> actor = gate_.Admit(ask);
    metadata.erase(kAuthorizationKey);
    metadata.erase(kActorKey);
    metadata.erase(kRefusalKey);
    if (!actor.ok()) {
      refusal_ = actor.status();
      refusal_text_ = ToGrpc(refusal_).error_details();
      metadata.emplace(kRefusalKey, refusal_text_);
    } else if (!actor->empty()) {
      actor_ = *std::move(actor);
      metadata.emplace(kActorKey, actor_);
    }
  }

  const Gate& gate_;
  const char* const method_;
  std::string actor_;
  absl::Status refusal_;
  std::string refusal_text_;
};

class Gatekeepers final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit Gatekeepers(const Gate& gate) : gate_(gate) {}
  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    return new Gatekeeper(gate_, *info);
  }

 private:
  const Gate& gate_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewGatekeeper(
    const Gate& gate) {
  return std::make_unique<Gatekeepers>(gate);
}

absl::Status RefusalOf(const grpc::ServerContextBase& context) {
  auto refusal = context.client_metadata().find(kRefusalKey);
  if (refusal == context.client_metadata().end()) return absl::OkStatus();
  google::rpc::Status status;
  status.ParseFromArray(refusal->second.data(), static_cast<int>(refusal->second.size()));
  return FromGrpc(grpc::Status(static_cast<grpc::StatusCode>(status.code()), status.message(),
                               status.SerializeAsString()));
}

}  // namespace ccfa::rpc
