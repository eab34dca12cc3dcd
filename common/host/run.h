#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/core/clock.h"
#include "common/host/flags.h"
#include "common/host/host.h"
#include "common/rpc/tls_files.h"

namespace ccfa::host {

/// What serves people beside gRPC.
class Front {
 public:
  virtual ~Front() = default;
  /// Takes no more requests, and waits until those in hand are answered, or for so long.
  virtual void Drain(absl::Duration patience) = 0;
};

struct FrontPlace {
  FrontFlags flags;
  rpc::TlsFiles tls;
  IdentityFlags identity;
  /// The process's own services; the others', where there are any, are found by asking them.
  std::shared_ptr<grpc::Channel> services;
  const TimeSource& time;
};

/// An executable: what it is called, what it is, and the services it hosts.
struct Program {
  std::string name;
  std::string what_it_is;
  std::function<Host::Services()> services;
  /// It has only a part of what a call needs, and the rest is found over Kafka.
  bool needs_kafka = true;
  /// Starts its front, at --http; none where it has no such flag.
  std::function<absl::StatusOr<std::unique_ptr<Front>>(FrontPlace place)> start_front = nullptr;
};

/// Runs it until SIGTERM or SIGINT. The exit code: 0 drained, 1 failed, 2 wrong usage.
int Main(int argc, char** argv, const Program& program);

}  // namespace ccfa::host
