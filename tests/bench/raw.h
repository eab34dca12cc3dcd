#pragma once

#include <string>

#include "absl/time/time.h"

namespace ccfa::bench {

/// The machine's own limits, measured in `folder`.

/// The median of appending some 400 bytes to a file and fdatasync.
absl::Duration RawSync(const std::string& folder, absl::Duration length);

/// Synced writes a second of RocksDB, one at a time, 400 bytes each.
double RawSyncedWrites(const std::string& folder, absl::Duration length);

/// Serves LogCall by answering at once, as a gRPC server of the same messages can do at best. Says
/// its port on standard error and runs until SIGTERM.
int ServeEcho();

}  // namespace ccfa::bench
