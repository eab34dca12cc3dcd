#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace ccfa::bench {

/// A child process with a gRPC server that says its port in a line with "port":N on standard error.
/// Ended with SIGTERM when this goes.
class ServerProcess {
 public:
  static absl::StatusOr<ServerProcess> Start(const std::vector<std::string>& command);
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&&) = delete;
  ~ServerProcess();

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  /// From its start until it said its port.
  absl::Duration start_time() const { return start_time_; }
  /// Resident memory in bytes.
  int64_t Memory() const;
  /// The processor time it has used.
  absl::Duration Cpu() const;

 private:
  ServerProcess(pid_t pid, int port, absl::Duration start_time)
      : pid_(pid), port_(port), start_time_(start_time) {}
  pid_t pid_;
  int port_;
  absl::Duration start_time_;
};

}  // namespace ccfa::bench
