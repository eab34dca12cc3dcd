#include "absl/strings/match.h"
#include "services/gateway/webhook_file.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ccfa::gateway;
  const absl::string_view text = ccfa::fuzz::TextOf(data, size);
  if (absl::StatusOr<WebhookSecrets> secrets = WebhookSecrets::Parse(text); secrets.ok())
    ccfa::fuzz::Require(absl::StartsWith(secrets->Sign("id", 1, "{}"), "v1,"), "a secret signs");
  absl::StatusOr<ccfa::gateway::v1::Webhooks> webhooks = ParseWebhooks(text);
  if (!webhooks.ok()) {
    ccfa::fuzz::Require(!webhooks.status().message().empty(), "a refusal says why");
    return 0;
  }
  for (const auto& subscription : webhooks->subscriptions()) {
    ccfa::fuzz::Require(absl::StartsWithIgnoreCase(subscription.url(), "http"), "where to");
    ccfa::fuzz::Require(
        !subscription.name().empty() && subscription.name().find('/') == std::string::npos,
        "a name is the name of a file");
    ccfa::fuzz::Require(subscription.account().empty() != subscription.actor().empty(), "by whom");
  }
  return 0;
}
