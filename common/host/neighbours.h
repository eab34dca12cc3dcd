#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "absl/time/time.h"

namespace ccfa::host {

/// Looks whether other processes still have what they claimed. One that is gone, hangs, or has lost
/// Kafka does not say so. Thread-safe.
class Neighbours {
 public:
  explicit Neighbours(std::shared_ptr<grpc::ChannelCredentials> credentials)
      : credentials_(std::move(credentials)) {}

  /// Whether the process at an address answers, and says that it has the partition and that Kafka
  /// has confirmed it lately. Asks it at most a few times a second, whoever wants to know.
  bool Has(const std::string& address, const std::string& topic, int partition);

 private:
  struct Neighbour {
    std::shared_ptr<grpc::Channel> channel;
    std::set<std::pair<std::string, int>> has;
    absl::Duration asked;
  };

  void Ask(const std::string& address, Neighbour& neighbour);

  const std::shared_ptr<grpc::ChannelCredentials> credentials_;
  std::mutex mutex_;  // guards what follows
  std::map<std::string, Neighbour> neighbours_;
};

}  // namespace ccfa::host
