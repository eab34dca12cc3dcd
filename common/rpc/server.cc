#include "common/rpc/server.h"

#include <arpa/inet.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"
#include "common/rpc/credentials.h"
#include "common/rpc/gatekeeper.h"
#include "common/rpc/table_check.h"

namespace ccfa::rpc {
namespace {

// Large enough that a text of 10 MB reaches the check that names its field.
constexpr int kLargestMessage = 16 << 20;
constexpr int kLargestReply = 64 << 20;
constexpr int kLeastPingInterval_ms = 500;

/// Only numbers count: "127.example.org" may be anywhere.
bool IsLoopback(const std::string& host) {
  if (host == "[::1]" || host == "localhost") return true;
  constexpr uint32_t kNetwork = 127;
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24 == kNetwork;
}

}  // namespace

absl::Status CheckReach(absl::string_view address, const TlsFiles& tls) {
  if (tls.on()) return absl::OkStatus();
  size_t colon = address.rfind(':');
  absl::string_view host = address.substr(0, colon == absl::string_view::npos ? 0 : colon);
  if (IsLoopback(std::string(host))) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "LOOPBACK_ONLY",
                absl::StrCat("\"", address,
                             "\" is not a loopback address, and callers beyond this machine need "
                             "certificates: give --tls-cert, --tls-key and --tls-ca, or listen on "
                             "127.0.0.1:PORT"),
                "listen");
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const std::string& address,
                                                      const TlsFiles& tls, const Gate& gate,
                                                      const std::vector<grpc::Service*>& services) {
  if (absl::Status status = CheckReach(address, tls); !status.ok()) return status;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  std::unique_ptr<Server> server(new Server);
  builder.AddListeningPort(address, ServerCredentials(tls, !gate.wants_tokens()), &server->port_);
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> keepers;
  keepers.push_back(NewGatekeeper(gate));
  builder.experimental().SetInterceptorCreators(std::move(keepers));
  absl::Status in_table;
  builder.SetOption(NewTableCheck(in_table));
  builder.SetMaxReceiveMessageSize(kLargestMessage);
  // One address, one server: a second process must not share the port.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // A client may ask whether a server that says nothing is still there.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kLeastPingInterval_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  for (grpc::Service* service : services) builder.RegisterService(service);
  server->server_ = builder.BuildAndStart();
  if (!in_table.ok()) return in_table;
  if (!server->server_ || server->port_ == 0) {
    return Refuse(absl::StatusCode::kUnavailable, "CANNOT_LISTEN",
                  absl::StrCat("cannot listen on ", address, ": is another server there?"));
  }
  return server;
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kLargestReply);
  return server_->InProcessChannel(arguments);
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
