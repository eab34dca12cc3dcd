#pragma once

#include <curl/curl.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/gateway/delivery.h"

namespace ccfa::gateway {

/// Posts to one receiver, over one connection as long as that lasts. Follows no redirect, verifies
/// the certificate, and takes ten seconds at most. One thread at a time.
class WebhookSender {
 public:
  /// `stopping` ends what is under way; it outlives this.
  WebhookSender(const v1::Subscription& subscription, const std::atomic<bool>& stopping);

  /// What was answered. UNAVAILABLE in words that repeat nothing of the URL.
  absl::StatusOr<Answer> Send(const Post& post);

 private:
  std::unique_ptr<CURL, void (*)(CURL*)> curl_;
};

}  // namespace ccfa::gateway
