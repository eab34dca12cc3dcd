#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tests/bench/identity.h"

namespace ccfa::bench {

/// How long a page of the console takes at its server, 99 of 100 times.
struct PageTime {
  std::string name;
  absl::Duration p99;
  size_t bytes = 0;
};

struct ConsoleTimes {
  int calls = 0;
  std::vector<PageTime> pages;
  /// InsightService.GetCallStory by gRPC, in the same run.
  absl::Duration raw_p99;
};

/// Logs so many calls, half of which go on to problems, and looks at pages by a gateway of its own,
/// with TLS and tokens to the services behind it.
absl::StatusOr<ConsoleTimes> MeasureConsole(const IdentityBench& bench, int calls, int looks);

}  // namespace ccfa::bench
