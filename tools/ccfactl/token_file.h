#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace ccfa::ctl {

/// Where the token for a server is kept: in $XDG_RUNTIME_DIR/ccfa, which ends with one's session at
/// the machine, or in ~/.config/ccfa. A token is sent to the server that gave it, and to no other.
std::string TokenFileOf(const std::string& server);

/// Empty when there is none.
std::string ReadToken(const std::string& server);

/// For its user alone to read. UNAVAILABLE.
absl::Status KeepToken(const std::string& server, const std::string& token);

/// False when there was none.
bool ForgetToken(const std::string& server);

/// A line from a file, from standard input for "-", or else from the terminal without showing it.
/// INVALID_ARGUMENT when there is none of them.
absl::StatusOr<std::string> ReadSecret(const std::string& file, const std::string& prompt);

}  // namespace ccfa::ctl
