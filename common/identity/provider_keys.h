#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/identity/key_set.h"

namespace ccfa::identity {

/// The keys of an OpenID Connect provider, fetched by a thread of its own: at the start, now and
/// then, and soon after a token names a key that is not there, but never more often than every few
/// seconds. As long as the provider does not answer, those that are known count. Thread-safe.
class ProviderKeys final : public KeySource {
 public:
  /// The body that is at a URL. UNAVAILABLE otherwise.
  using Fetch = std::function<absl::StatusOr<std::string>(const std::string& url)>;
  struct Pace {
    absl::Duration between = absl::Seconds(10);
    absl::Duration at_least_every = absl::Minutes(5);
  };

  ProviderKeys(std::string issuer, Fetch fetch, Pace pace);
  ~ProviderKeys() override;

  std::shared_ptr<const KeySet> Keys() override;
  void Miss() override;

  /// What the provider has now: by its discovery document, which must be its own, and the keys that
  /// it points at. UNAVAILABLE, or INVALID_ARGUMENT saying what is wrong there.
  static absl::StatusOr<KeySet> FetchKeys(const std::string& issuer, const Fetch& fetch);

 private:
  void Run();

  const std::string issuer_;
  const Fetch fetch_;
  const Pace pace_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool is_missed_ = false, is_over_ = false;
  std::shared_ptr<const KeySet> keys_ = std::make_shared<const KeySet>();
  std::thread thread_;
};

/// What is at an https URL, by libcurl; `ca` is a file of the authorities it believes, the
/// machine's when empty. No redirection is followed, and nothing large or slow is taken.
absl::StatusOr<std::string> FetchHttps(const std::string& url, const std::string& ca);

/// What an https URL answers to a form, sent in the name of a client with its secret (RFC 6749).
absl::StatusOr<std::string> PostHttps(const std::string& url, const std::string& form,
                                      const std::string& client, const std::string& secret,
                                      const std::string& ca);

}  // namespace ccfa::identity
