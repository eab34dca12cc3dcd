#include "common/identity/provider_keys.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"
#include "common/identity/json_object.h"
#include "common/telemetry/log.h"

namespace ccfa::identity {

ProviderKeys::ProviderKeys(std::string issuer, Fetch fetch, Pace pace)
    : issuer_(std::move(issuer)), fetch_(std::move(fetch)), pace_(pace) {
  thread_ = std::thread([this] { Run(); });
}

ProviderKeys::~ProviderKeys() {
  {
    std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::shared_ptr<const KeySet> ProviderKeys::Keys() {
  std::lock_guard lock(mutex_);
  return keys_;
}

void ProviderKeys::Miss() {
  std::lock_guard lock(mutex_);
  is_missed_ = true;
  wake_.notify_all();
}

void ProviderKeys::Run() {
  std::unique_lock lock(mutex_);
  while (!is_over_) {
    is_missed_ = false;
    lock.unlock();
    absl::StatusOr<KeySet> fetched = FetchKeys(issuer_, fetch_);
    lock.lock();
    if (fetched.ok()) {
      keys_ = std::make_shared<const KeySet>(*std::move(fetched));
    } else {
      telemetry::Log(telemetry::Level::kWarning, "identity_provider_failed",
                     {{"why", std::string(fetched.status().message())}, {"keys", keys_->size()}});
    }
    wake_.wait_for(lock, absl::ToChronoNanoseconds(pace_.between), [&] { return is_over_; });
    // One that could not be asked is asked again soon.
    const absl::Duration more = fetched.ok() ? pace_.at_least_every : absl::ZeroDuration();
    wake_.wait_for(lock, absl::ToChronoNanoseconds(more), [&] { return is_over_ || is_missed_; });
  }
}

absl::StatusOr<KeySet> ProviderKeys::FetchKeys(const std::string& issuer, const Fetch& fetch) {
  absl::StatusOr<std::string> text =
      fetch(absl::StrCat(absl::StripSuffix(issuer, "/"), "/.well-known/openid-configuration"));
  if (!text.ok()) return text.status();
  auto document = ParseObject(*text);
  if (!document || StringOf(*document, "issuer") != issuer) {
    return InvalidField("issuer", absl::StrCat("the discovery document is not that of ", issuer));
  }
  const std::string keys_at = StringOf(*document, "jwks_uri").value_or("");
  if (!absl::StartsWith(keys_at, "https://"))
    return InvalidField("jwks_uri", "the discovery document names no https address of keys");
  absl::StatusOr<std::string> keys = fetch(keys_at);
  if (!keys.ok()) return keys.status();
  return ParseKeySet(*keys);
}

}  // namespace ccfa::identity
