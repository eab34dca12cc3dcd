#pragma once

#include <string>

#include "common/journal/kafka_producer.h"

namespace ccfa::kafka {

/// A real Apache Kafka on this machine, run by tools/kafka for as long as this lives.
class Cluster {
 public:
  explicit Cluster(int brokers);
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  /// Empty when it runs; otherwise why it does not, such as that Java is not installed.
  const std::string& failure() const { return failure_; }
  bool is_installed() const { return is_installed_; }
  journal::KafkaSettings settings() const;
  int brokers() const { return brokers_; }
  /// Where the brokers keep everything.
  const std::string& folder() const { return folder_; }

  /// A topic of its own for a test, with one partition.
  std::string NewTopic(const std::string& name) const;

  /// tools/kafka COMMAND: "kill 1", "restart 1", "leader TOPIC 0". What it printed.
  std::string Do(const std::string& command) const;

 private:
  const int brokers_;
  const std::string folder_;
  std::string servers_;
  std::string failure_;
  bool is_installed_ = true;
};

/// The cluster that all tests of this process share.
Cluster& SharedCluster();

}  // namespace ccfa::kafka
