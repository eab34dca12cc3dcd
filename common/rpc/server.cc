#include "common/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"

namespace ccfa::rpc {
namespace {

// Large enough that a text of 10 MB reaches the check that names its field.
constexpr int kLargestMessage = 16 << 20;
constexpr int kLeastPingInterval_ms = 500;

}  // namespace

absl::Status CheckLoopback(absl::string_view address) {
  size_t colon = address.rfind(':');
  absl::string_view host = address.substr(0, colon == absl::string_view::npos ? 0 : colon);
  if (absl::StartsWith(host, "127.") || host == "[::1]" || host == "localhost") {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, "LOOPBACK_ONLY",
                absl::StrCat("\"", address,
                             "\" is not a loopback address: callers are not identified "
                             "yet, so only this machine may ask; listen on 127.0.0.1:PORT"),
                "listen");
}

bool Answers(const std::string& address, absl::Duration patience) {
  grpc::ChannelArguments arguments;
  // A connection of its own: one that was made earlier proves nothing.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  auto channel = grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
  return channel->WaitForConnected(absl::ToChronoTime(absl::Now() + patience));
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const std::string& address,
                                                      const std::vector<grpc::Service*>& services) {
  if (absl::Status status = CheckLoopback(address); !status.ok()) return status;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  std::unique_ptr<Server> server(new Server);
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &server->port_);
  builder.SetMaxReceiveMessageSize(kLargestMessage);
  // One address, one server: a second process must not share the port.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // A client may ask whether a server that says nothing is still there.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kLeastPingInterval_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  for (grpc::Service* service : services) builder.RegisterService(service);
  server->server_ = builder.BuildAndStart();
  if (!server->server_ || server->port_ == 0) {
    return Refuse(absl::StatusCode::kUnavailable, "CANNOT_LISTEN",
                  absl::StrCat("cannot listen on ", address, ": is another server there?"));
  }
  return server;
}

void Server::SetServing(const std::string& service, bool serving) {
  if (auto* health = server_->GetHealthCheckService()) {
    service.empty() ? health->SetServingStatus(serving)
                    : health->SetServingStatus(service, serving);
  }
}

void Server::Drain(absl::Duration patience) {
  if (!server_) return;
  SetServing("", false);
  server_->Shutdown(absl::ToChronoTime(absl::Now() + patience));
  server_->Wait();
  server_ = nullptr;
}

}  // namespace ccfa::rpc
