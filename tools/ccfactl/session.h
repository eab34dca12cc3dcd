#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "ccfa/record/v1/receipt.pb.h"
#include "common/client/asking.h"
#include "common/rpc/status.h"

namespace ccfa::ctl {

using client::Cluster;
using client::Patience;

/// What every command shares: the server, who asks, how to print, and how it ended.
class Session {
 public:
  std::string server = "127.0.0.1:7400";
  rpc::TlsFiles tls;
  /// Who asks: as said, and by the token for the server, which then says it alone unless asked for.
  std::string actor, token;
  /// The past moment that reads ask about; empty: now.
  std::string as_at;
  bool json = false;

  using Target = client::Target;
  /// `council` is empty where it is nobody's in particular. An error when no process answers.
  template <class Service>
  absl::StatusOr<Target> Find(const std::string& council) {
    absl::string_view package = Service::service_full_name();
    return FindIn(std::string(package.substr(0, package.rfind('.'))), council);
  }
  /// By the name of the topic, which is the package of the service that writes it.
  absl::StatusOr<Target> FindIn(std::string package, const std::string& council);
  template <class Service>
  std::unique_ptr<typename Service::Stub> StubOf(const Target& target) {
    return Service::NewStub(cluster().ChannelTo(target.address));
  }

  /// One unary RPC, as whoever asks, to whoever has the council the request is about. Waits while a
  /// process is only getting ready or too busy, follows where one says who else to ask, and asks
  /// again when one is lost and repeating does no harm.
  template <class Service, class Request, class Reply>
  absl::Status Call(grpc::Status (Service::Stub::*rpc)(grpc::ClientContext*, const Request&,
                                                       Reply*),
                    const Request& request, Reply& reply) {
    Patience patience;
    while (true) {
      absl::StatusOr<Target> target = Find<Service>(CouncilOf(request));
      if (!target.ok()) {
        if (ShouldAskAgain(target.status(), {}, true, patience)) continue;
        return target.status();
      }
      grpc::ClientContext context;
      Prepare(context);
      absl::Status status =
          rpc::FromGrpc((StubOf<Service>(*target).get()->*rpc)(&context, request, &reply));
      if (!ShouldAskAgain(status, *target, IsRepeatable(request), patience))
        return cluster().Explain(std::move(status), target->address);
    }
  }

  /// Whether an RPC that ended so is to be sent again, now that it was waited for: nothing of it
  /// was taken, or it may be repeated and somebody else may take it.
  bool ShouldAskAgain(const absl::Status& status, const Target& target, bool repeatable,
                      Patience& patience) {
    return client::ShouldAskAgain(cluster(), status, target, repeatable, patience);
  }

  static std::string CouncilOf(const google::protobuf::Message& request) {
    return client::CouncilOf(request);
  }
  static bool IsRepeatable(const google::protobuf::Message& request) {
    return client::IsRepeatable(request);
  }
  static void Identify(google::protobuf::Message& request) { client::Identify(request); }

  Cluster& cluster();

  /// Who asks, and how long they wait.
  void Prepare(grpc::ClientContext& context) const;
  /// For what a process that is there answers at once.
  void PrepareShort(grpc::ClientContext& context) const;

  void Print(const google::protobuf::Message& message) const;
  void PrintReceipt(const record::v1::Receipt& receipt) const;

  /// Waits until every service has read everything: what was just done shows everywhere. A fault
  /// that stops a reader is FAILED_PRECONDITION.
  absl::Status Settle();

  /// Asks every process, again while one that has partitions is lost: others are about to take
  /// them.
  absl::Status EachMember(const std::function<absl::Status(const Cluster::Member&)>& ask);

  /// How the command ended; printed and turned into the exit code by `main`.
  absl::Status outcome;

 private:
  /// Where each partition of each topic ends.
  using Ends = std::map<std::pair<std::string, int>, uint64_t>;

  /// The ends, when every reader is there.
  absl::StatusOr<std::optional<Ends>> LookWhetherSettled();

  std::unique_ptr<Cluster> cluster_;
};

/// 0 done; 1 failed; 3 not found; 4 refused; 5 the server cannot be reached or is too busy. 2 is
/// kept for wrong usage.
int ExitCodeOf(const absl::Status& status);

}  // namespace ccfa::ctl
