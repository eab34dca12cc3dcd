#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/rpc/tls_files.h"

namespace ccfa::rpc {

/// Why nobody answers a caller with these files at HOST:PORT, which gRPC does not tell: tries one
/// handshake of TLS. UNAUTHENTICATED saying what is wrong with whose certificate, or who speaks TLS
/// and who does not; OK when it finds nothing, or nobody is there. Takes a few seconds at most.
absl::Status TryHandshake(const std::string& address, const TlsFiles& files);

}  // namespace ccfa::rpc
