#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ccfa/cluster/v1/cluster.pb.h"
#include "common/rpc/credentials.h"

namespace ccfa::client {

/// Whom to ask for what: one process that has everything, or many of which each has some partitions
/// of some services. Found out by asking any of them, and again when somebody has moved.
/// Thread-safe.
class Cluster {
 public:
  /// `servers`: HOST:PORT, or several of them, separated by commas, of which one must answer.
  Cluster(std::string servers, rpc::TlsFiles tls)
      : servers_(std::move(servers)), tls_(std::move(tls)) {}
  /// Begins with the process that it is in, and finds the others, where there are any.
  Cluster(std::shared_ptr<grpc::Channel> here, rpc::TlsFiles tls)
      : Cluster("in-process", std::move(tls)) {
    channels_[servers_] = std::move(here);
  }

  /// The first of the servers, for what is nobody's in particular.
  std::string First() const;
  /// The processes that say they have the accounts; whoever answers, where none says so. Never
  /// none. An error when no process answers.
  absl::StatusOr<std::vector<std::string>> WithAccounts();

  /// The address of whoever has a council's partition of a service; `package` is its protobuf
  /// package. Any council's when it is empty. An error when no process answers.
  absl::StatusOr<std::string> AddressOf(absl::string_view package, absl::string_view council);

  /// Whoever was asked said to ask the process at `owner` instead.
  void Follow(absl::string_view package, absl::string_view council, const std::string& owner);

  /// The process at an address did not answer, or does not have what it had. UNAVAILABLE when no
  /// other does.
  absl::Status LookAgain(const std::string& address);

  /// What the processes say of each other.
  absl::StatusOr<cluster::v1::Cluster> Known();
  /// Every process that is there, and whether somebody's partitions are with it.
  struct Member {
    std::string address;
    bool owns = false;
  };
  absl::StatusOr<std::vector<Member>> Members();

  /// An address as the cluster knows it: empty is whoever told.
  std::string Address(const std::string& address) const;
  /// "ccfa.intake.v1" is the package of "intake".
  static std::string ServiceOf(absl::string_view package);

  std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address);

  /// The status with which asking at an address failed; where TLS is why, says so instead.
  absl::Status Explain(absl::Status failure, const std::string& address) const;

 private:
  absl::Status LearnLocked();
  std::shared_ptr<grpc::Channel> ChannelLocked(const std::string& address);
  cluster::v1::Owner* OwnerLocked(absl::string_view package, absl::string_view council);
  const std::string servers_;
  const rpc::TlsFiles tls_;
  std::mutex mutex_;  // guards what follows
  /// Made with the first channel, when the files have been looked at.
  std::shared_ptr<grpc::ChannelCredentials> credentials_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
  cluster::v1::Cluster known_;
  /// Who told it; empty while nobody has.
  std::string told_by_;
  /// How often a process was asked in vain.
  std::map<std::string, int> in_vain_;
};

}  // namespace ccfa::client
