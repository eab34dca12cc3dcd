#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/cluster.h"
#include "google/protobuf/message.h"

namespace ccfa::client {

/// Pauses between attempts, until it has been enough.
class Patience {
 public:
  explicit Patience(int most_waits = 300) : most_waits_(most_waits) {}
  /// A tenth of a second later; false when it has been enough.
  bool Wait();

 private:
  const int most_waits_;
  int waits_ = 0;
};

/// Whoever is asked: the process that has a council's part of a service.
struct Target {
  std::string package;
  /// Empty where it is nobody's in particular.
  std::string council;
  std::string address;
};
/// An error when no process answers. `package` is the service's, and its topic's name.
absl::StatusOr<Target> Find(Cluster& cluster, std::string package, const std::string& council);

/// Lets an RPC last so long at most.
void EndAfter(grpc::ClientContext& context, absl::Duration patience);

/// Whether an RPC that ended so is to be sent again, now that it was waited for: nothing of it was
/// taken, or it may be repeated and somebody else may take it.
bool ShouldAskAgain(Cluster& cluster, const absl::Status& status, const Target& target,
                    bool repeatable, Patience& patience);

/// The council a request is about; empty when it is about none, or badly named.
std::string CouncilOf(const google::protobuf::Message& request);
/// It changes nothing, or has a request id.
bool IsRepeatable(const google::protobuf::Message& request);
/// Gives a command an id where it has none, so that it can be repeated.
void Identify(google::protobuf::Message& request);

}  // namespace ccfa::client
