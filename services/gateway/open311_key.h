#pragma once

#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/core/clock.h"
#include "common/http/message.h"
#include "services/gateway/open311_form.h"
#include "services/gateway/upstream.h"

namespace ccfa::gateway::open311 {

/// The key that a request came with: its api_key, else its `Authorization`, which as `Basic` says
/// the same and as `Bearer` is a token. Empty where there is none.
std::string KeyOf(const http::Request& request, const Form& form);

/// What a key is made of.
struct Account {
  std::string name, password;
};
/// Of base64url of NAME:PASSWORD, padded or not. None where it is no such thing.
std::optional<Account> ParseKey(absl::string_view key);

/// Signs in with keys, and keeps the tokens for as long as they count, by the keys' digests alone.
/// What is kept is bounded. Thread-safe; blocks.
class Keys {
 public:
  /// Both outlive it.
  Keys(Upstream& upstream, const TimeSource& time) : upstream_(upstream), time_(time) {}

  /// What the services are to know of whoever has this key. PERMISSION_DENIED API_KEY_WRONG; what
  /// else kept it from signing in.
  absl::StatusOr<Metadata> MetadataOf(const std::string& key);
  /// Its token counts no more: the next time it signs in again.
  void Forget(const std::string& key);

 private:
  struct Kept {
    std::string token;
    absl::Time until;
  };
  absl::StatusOr<std::string> SignIn(const Account& account, const std::string& digest);
  /// The token, while it counts; empty otherwise.
  std::string Find(const std::string& digest);

  Upstream& upstream_;
  const TimeSource& time_;
  std::mutex mutex_;  // guards what follows
  absl::flat_hash_map<std::string, Kept> kept_;
};

}  // namespace ccfa::gateway::open311
