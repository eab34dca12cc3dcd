#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ccfa/proof/v1/proof.pb.h"
#include "common/proof/chain.h"
#include "common/proof/signing.h"

namespace ccfa::proof {

/// The head of a council's chains, signed; `chains` by topic.
v1::Head MakeHead(const std::string& council, absl::Time time, const std::vector<Chain>& chains,
                  const SigningKey& key);

/// The text that is signed.
std::string TextOf(const v1::Head& head);

/// From the JSON a council publishes. INVALID_ARGUMENT where it is no head.
absl::StatusOr<v1::Head> ParseHead(const std::string& json);

/// DATA_LOSS when it was not signed with this key, or altered since.
absl::Status CheckSigned(const v1::Head& head, const std::string& public_key);

}  // namespace ccfa::proof
