#pragma once

#include <grpcpp/grpcpp.h>

#include <iostream>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "ccfa/record/v1/receipt.pb.h"
#include "common/rpc/status.h"

namespace ccfa::ctl {

/// Pauses between attempts, until it has been enough.
class Patience {
 public:
  /// False when it has been enough.
  bool Wait();

 private:
  int waits_ = 0;
};

/// What every command shares: the server, who asks, how to print, and how it ended.
class Session {
 public:
  std::string server = "127.0.0.1:7400";
  std::string actor;
  bool json = false;

  const std::shared_ptr<grpc::Channel>& channel();

  /// One unary RPC, as whoever asks. Waits while the server is only getting ready or too busy.
  template <class Stub, class Request, class Reply>
  absl::Status Call(Stub& stub,
                    grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Reply*),
                    const Request& request, Reply& reply) {
    Patience patience;
    while (true) {
      grpc::ClientContext context;
      Prepare(context);
      absl::Status status = rpc::FromGrpc((stub.*rpc)(&context, request, &reply));
      if (!IsNotTaken(status) || !patience.Wait()) return status;
    }
  }

  /// The server took nothing of the request and says so: it is starting, reopening its storage, or
  /// full, or it stands by while another serves.
  bool IsNotTaken(const absl::Status& status) const;

  /// Who asks, and how long they wait.
  void Prepare(grpc::ClientContext& context) const;

  void Print(const google::protobuf::Message& message) const;
  void PrintReceipt(const record::v1::Receipt& receipt) const;

  /// Waits until every service has read everything: what was just done shows everywhere. A fault
  /// that stops a reader is FAILED_PRECONDITION.
  absl::Status Settle();

  /// How the command ended; printed and turned into the exit code by `main`.
  absl::Status outcome;

 private:
  bool HasSeveralServers() const;

  std::shared_ptr<grpc::Channel> channel_;
};

/// 0 done; 1 failed; 3 not found; 4 refused; 5 the server cannot be reached or is too busy. 2 is
/// kept for wrong usage.
int ExitCodeOf(const absl::Status& status);

}  // namespace ccfa::ctl
