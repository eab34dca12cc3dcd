#include "common/host/council_files.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "common/config/file.h"
#include "common/core/refusal.h"
#include "common/telemetry/log.h"

namespace ccfa::host {

absl::StatusOr<CouncilFiles> CouncilFiles::Read(const std::vector<std::string>& paths) {
  CouncilFiles files;
  std::map<std::string, std::string> path_of;
  std::string faults;
  for (const std::string& path : paths) {
    absl::StatusOr<config::v1::CouncilConfig> config = config::ReadFile(path);
    if (!config.ok()) {
      absl::StrAppend(&faults, faults.empty() ? "" : "\n", config.status().message());
      continue;
    }
    auto [first, is_new] = path_of.emplace(config->name(), path);
    if (!is_new) {
      absl::StrAppend(&faults, faults.empty() ? "" : "\n", path, ": name: ", config->name(),
                      " has its rules in ", first->second, " already");
    }
    files.files_.push_back({path, *std::move(config)});
  }
  if (!faults.empty()) return absl::InvalidArgumentError(absl::StrCat("--config: ", faults));
  return files;
}

void CouncilFiles::Apply(Host& host) {
  for (const File& file : files_) {
    State waiting = State::kWaiting;
    if (!file.state->compare_exchange_strong(waiting, State::kAsked)) continue;
    host.Configure(file.config, [state = file.state, path = file.path](const absl::Status& status) {
      // Starting, busy, or another process's: asked again.
      *state = absl::IsUnavailable(status) || absl::IsResourceExhausted(status) ? State::kWaiting
                                                                                : State::kApplied;
      if (*state == State::kWaiting) return;
      telemetry::Log(status.ok() ? telemetry::Level::kInfo : telemetry::Level::kError,
                     status.ok() ? "council_configured" : "council_not_configured",
                     {{"file", path}, {"why", std::string(status.message())}});
    });
  }
}

}  // namespace ccfa::host
