#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/config/v1/config.pb.h"
#include "common/host/host.h"

namespace ccfa::host {

/// The files of councils' rules that a process was started with: checked before it starts, applied
/// once it, or nobody else, has the council. A file that says what is in force changes nothing.
class CouncilFiles {
 public:
  /// INVALID_ARGUMENT or NOT_FOUND with everything that is wrong, each line with its file.
  static absl::StatusOr<CouncilFiles> Read(const std::vector<std::string>& paths);

  /// Hands over what is not applied yet. Called now and then, by one thread.
  void Apply(Host& host);

 private:
  enum class State { kWaiting, kAsked, kApplied };
  struct File {
    std::string path;
    config::v1::CouncilConfig config;
    /// Answers come from another thread, and may come after this has gone.
    std::shared_ptr<std::atomic<State>> state =
        std::make_shared<std::atomic<State>>(State::kWaiting);
  };
  std::vector<File> files_;
};

}  // namespace ccfa::host
