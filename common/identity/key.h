#pragma once

#include <openssl/evp.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::identity {

/// A public key that tokens are verified with. It has one algorithm, of its own kind: what a token
/// says of itself chooses nothing. Thread-safe.
class Key {
 public:
  /// Of a JSON Web Key (RFC 7517): OKP Ed25519, EC P-256 or RSA of 2048 to 8192 bits.
  /// INVALID_ARGUMENT for any other, for one that is not for signatures, and for a bad one.
  static absl::StatusOr<Key> FromJwk(const nlohmann::json& jwk);

  const std::string& id() const { return id_; }
  /// "EdDSA", "ES256", "RS256"
  const std::string& algorithm() const { return algorithm_; }
  bool Verifies(absl::string_view text, absl::string_view signature) const;

 private:
  Key(std::string id, std::string algorithm, std::shared_ptr<EVP_PKEY> key)
      : id_(std::move(id)), algorithm_(std::move(algorithm)), key_(std::move(key)) {}

  std::string id_;
  std::string algorithm_;
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace ccfa::identity
