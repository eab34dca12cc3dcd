#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "absl/time/time.h"
#include "ccfa/identity/v1/store.pb.h"

namespace ccfa::identity {

/// A new Ed25519 key.
v1::SigningKey NewSigningKey(absl::Time now);

/// Its public half, as a JSON Web Key.
nlohmann::json JwkOf(const v1::SigningKey& key);

/// The claims as a token, signed with the key.
std::string SignToken(const v1::SigningKey& key, const nlohmann::json& claims);

}  // namespace ccfa::identity
