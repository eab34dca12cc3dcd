#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/core/clock.h"
#include "common/identity/caller.h"
#include "common/identity/deny_list.h"
#include "common/identity/key_set.h"
#include "common/identity/token.h"

namespace ccfa::identity {

/// What a token must say to be taken here.
struct Expected {
  std::string issuer;
  std::string audience;
  /// How far the issuer's clock may be off.
  absl::Duration skew = absl::Seconds(60);
  ClaimNames names;
};

/// Tells whom a token speaks for. What was verified once is remembered, by the token's hash, until
/// it expires or the keys change: a signature is not checked for each request. Thread-safe.
class Verifier {
 public:
  /// The keys, the deny list and the time outlive it.
  Verifier(Expected expected, KeySource& keys, DenyList& denied, const TimeSource& time)
      : expected_(std::move(expected)), keys_(keys), denied_(denied), time_(time) {}

  /// UNAUTHENTICATED with a reason: as ParseToken and ToCaller, TOKEN_KEY_UNKNOWN, TOKEN_ALGORITHM,
  /// TOKEN_FORGED, TOKEN_EXPIRED, TOKEN_TOO_EARLY, TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_REVOKED.
  absl::StatusOr<std::shared_ptr<const Caller>> Verify(absl::string_view token);

 private:
  struct Verified {
    std::shared_ptr<const Caller> caller;
    absl::Time from, until;
    std::string token_id;
  };

  absl::StatusOr<Verified> VerifyAnew(absl::string_view token, const KeySet& keys) const;
  absl::Status CheckClaims(const nlohmann::json& claims, Verified& verified) const;
  absl::Status CheckTime(const Verified& verified) const;

  const Expected expected_;
  KeySource& keys_;
  DenyList& denied_;
  const TimeSource& time_;
  std::mutex mutex_;  // guards what follows
  /// By the token's hash; of the keys below only.
  absl::flat_hash_map<std::string, Verified> known_;
  std::shared_ptr<const KeySet> known_of_;
};

}  // namespace ccfa::identity
