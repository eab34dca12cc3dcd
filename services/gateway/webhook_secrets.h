#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::gateway {

/// What a receiver knows a delivery by: secrets shared with it, of which each signs while one takes
/// another's place. By Standard Webhooks' symmetric scheme, v1: HMAC-SHA256.
class WebhookSecrets {
 public:
  /// One or two lines of "whsec_" and 24 to 64 bytes in base64. INVALID_ARGUMENT saying which line
  /// is none, never what stands there.
  static absl::StatusOr<WebhookSecrets> Parse(absl::string_view text);
  /// NOT_FOUND, or FAILED_PRECONDITION when others than its owner may use the file.
  static absl::StatusOr<WebhookSecrets> Read(const std::string& path);

  /// The header webhook-signature of a delivery. `id` has no full stop, which parts what is signed.
  std::string Sign(absl::string_view id, int64_t timestamp_s, absl::string_view body) const;

 private:
  std::vector<std::string> secrets_;
};

/// The text of a file that only its owner may use. NOT_FOUND, FAILED_PRECONDITION.
absl::StatusOr<std::string> ReadPrivateFile(const std::string& path);

}  // namespace ccfa::gateway
