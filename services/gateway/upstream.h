#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/client/asking.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace ccfa::gateway {

/// What goes along with a request: who asks, and about when. Names and values of gRPC metadata.
using Metadata = std::vector<std::pair<std::string, std::string>>;

/// A message of a type that is known by its descriptor.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor& type);

/// The answers of a streaming RPC, one after another.
class Answers {
 public:
  virtual ~Answers() = default;
  /// The next; null where that was all. The error with which the stream ended.
  virtual absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Next() = 0;
};

/// The services behind the gateway. It follows them where they move, and waits a little where they
/// are only getting ready. Thread-safe; blocks.
class Upstream {
 public:
  /// `believes_actors`: whoever asks may say who they are, and the services judge whether that
  /// counts; otherwise only a token is handed on.
  Upstream(std::unique_ptr<client::Cluster> cluster, bool believes_actors)
      : cluster_(std::move(cluster)), believes_actors_(believes_actors) {}

  bool believes_actors() const { return believes_actors_; }

  /// How long is waited for who is only getting ready, where nobody says otherwise.
  static client::Patience Waiting() { return client::Patience(/*most_waits=*/100); }

  /// One RPC, whichever. The refusal as the service gave it, or UNAVAILABLE.
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Ask(
      const google::protobuf::MethodDescriptor& method, const google::protobuf::Message& request,
      const Metadata& metadata, client::Patience patience = Waiting());
  absl::StatusOr<std::unique_ptr<Answers>> AskForMany(
      const google::protobuf::MethodDescriptor& method, const google::protobuf::Message& request,
      const Metadata& metadata);

 private:
  absl::StatusOr<client::Target> Find(const google::protobuf::MethodDescriptor& method,
                                      const google::protobuf::Message& request);

  const std::unique_ptr<client::Cluster> cluster_;
  const bool believes_actors_;
};

}  // namespace ccfa::gateway
