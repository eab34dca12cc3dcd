#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ccfa/gateway/v1/webhooks.pb.h"
#include "services/gateway/webhook_secrets.h"

namespace ccfa::gateway {

/// A subscription with what its files hold.
struct Webhook {
  v1::Subscription subscription;
  WebhookSecrets secrets;
  /// Empty where an actor is believed.
  std::string password;
};

/// The file of --webhooks, checked but for the files that it names. INVALID_ARGUMENT with a line
/// for each fault, naming the subscription and its field, or the line where it is no such text.
absl::StatusOr<v1::Webhooks> ParseWebhooks(absl::string_view text);

/// The same with the files that it names, which are looked for beside it.
absl::StatusOr<std::vector<Webhook>> ReadWebhooks(const std::string& path);

/// Whether a subscription is for events of the type.
bool IsFor(const v1::Subscription& subscription, absl::string_view type);

}  // namespace ccfa::gateway
