#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::proof {

/// A council's Ed25519 key, with which it signs what it publishes.
class SigningKey {
 public:
  /// A new one, by the machine's chance.
  static SigningKey Make();
  /// From the file of the secret half. FAILED_PRECONDITION when anybody else may read the file.
  static absl::StatusOr<SigningKey> Read(const std::string& path);

  /// The secret half into `path`, which only its owner may read, the public one into `path`.pub.
  /// ALREADY_EXISTS rather than writing over a key.
  absl::Status Write(const std::string& path) const;

  /// In hexadecimal.
  const std::string& public_key() const { return public_key_; }
  std::string Sign(absl::string_view text) const;

 private:
  explicit SigningKey(const std::string& seed);
  std::string seed_;
  std::string secret_;
  std::string public_key_;
};

/// The public half from its file, in hexadecimal.
absl::StatusOr<std::string> ReadPublicKey(const std::string& path);

/// Whether the signature of the text was made with the secret half of the key; all in hexadecimal
/// but the text.
bool IsSignedBy(absl::string_view public_key, absl::string_view text, absl::string_view signature);

}  // namespace ccfa::proof
