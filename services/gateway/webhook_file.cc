#include "services/gateway/webhook_file.h"

#include <curl/curl.h>

#include <filesystem>
#include <memory>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/core/actor.h"
#include "common/core/names.h"
#include "common/identity/account_file.h"
#include "common/rpc/server.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace ccfa::gateway {
namespace {

using v1::Subscription;

constexpr size_t kLargest = 1 << 20;
/// Each has a thread of its own.
constexpr int kMostSubscriptions = 100;

/// What is wrong with a file, a line each.
class Faults final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    lines_.push_back(absl::StrCat("line ", line + 1, ", column ", column + 1, ": ", message));
  }
  void Add(const std::string& where, absl::string_view field, absl::string_view what) {
    lines_.push_back(absl::StrCat(where, field, ": ", what));
  }
  absl::Status ToStatus() const {
    return lines_.empty() ? absl::OkStatus()
                          : absl::InvalidArgumentError(absl::StrJoin(lines_, "\n"));
  }

 private:
  std::vector<std::string> lines_;
};

std::string PartOf(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string value(text);
  curl_free(text);
  return value;
}

/// Empty where it can be posted to.
std::string FaultOfUrl(const std::string& text) {
  std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  // libcurl would take "example.org" for http.
  if (!absl::StrContains(text, "://") ||
      curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
    return "expected a URL, such as https://example.org/hooks/ccfa";
  const std::string scheme = PartOf(url.get(), CURLUPART_SCHEME);
  if (!PartOf(url.get(), CURLUPART_USER).empty() || !PartOf(url.get(), CURLUPART_PASSWORD).empty())
    return "must not carry a password: deliveries are signed instead";
  if (!PartOf(url.get(), CURLUPART_FRAGMENT).empty()) return "must have no fragment";
  if (scheme == "https") return "";
  if (scheme == "http" && rpc::CheckReach(PartOf(url.get(), CURLUPART_HOST) + ":80", {}).ok())
    return "";
  return "expected https://..., or http:// to 127.0.0.1, [::1] or localhost";
}

/// Empty where it is an event's type, or the beginning of one and a star.
std::string FaultOfType(absl::string_view type) {
  const bool is_prefix = absl::ConsumeSuffix(&type, "*");
  if (!absl::StartsWith(type, "ccfa."))
    return absl::StrCat("\"", type, "\" is no type: expected one such as ccfa.sara.v1.*");
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  if (is_prefix || pool->FindMessageTypeByName(std::string(type)) != nullptr) return "";
  return absl::StrCat("there is no event ", type, "; for all that begin so, end it with *");
}

void Check(const Subscription& subscription, const std::string& where, Faults& faults) {
  if (!IsId(subscription.council()))
    faults.Add(where, "council", "expected a council's code, such as E08900001");
  if (std::string fault = FaultOfUrl(subscription.url()); !fault.empty())
    faults.Add(where, "url", fault);
  for (const std::string& type : subscription.types()) {
    if (std::string fault = FaultOfType(type); !fault.empty()) faults.Add(where, "types", fault);
  }
  if (subscription.secret_file().empty())
    faults.Add(where, "secret_file", "is required: the file with the secret that signs");
  if (subscription.account().empty() == subscription.actor().empty()) {
    faults.Add(where, "account",
               "expected an account, by whose rights events are read, or an actor, not both");
  } else if (!subscription.actor().empty() && !ParseActor(subscription.actor()).ok()) {
    faults.Add(where, "actor", "expected ROLE:ID, such as analyst:webhooks");
  } else if (!subscription.account().empty() &&
             !CheckName("account", subscription.account(), "accounts/*").ok()) {
    faults.Add(where, "account", "expected accounts/NAME");
  }
  if (subscription.account().empty() != subscription.password_file().empty())
    faults.Add(where, "password_file", "belongs to an account, and an account has one");
}

/// A path as the file means it: beside itself.
std::string Beside(const std::string& file, const std::string& path) {
  return std::filesystem::path(file).parent_path() / path;
}

absl::Status ReadInto(Webhook& webhook, const std::string& path, Faults& faults) {
  const Subscription& subscription = webhook.subscription;
  const std::string where = absl::StrCat("subscription ", subscription.name(), ": ");
  auto secrets = WebhookSecrets::Read(Beside(path, subscription.secret_file()));
  if (secrets.ok()) webhook.secrets = *std::move(secrets);
  if (!secrets.ok()) faults.Add(where, "secret_file", secrets.status().message());
  if (!subscription.password_file().empty()) {
    auto password = ReadPrivateFile(Beside(path, subscription.password_file()));
    if (password.ok())
      webhook.password = std::string(absl::StripTrailingAsciiWhitespace(*password));
    if (!password.ok()) faults.Add(where, "password_file", password.status().message());
  }
  if (subscription.ca_file().empty()) return faults.ToStatus();
  webhook.subscription.set_ca_file(Beside(path, subscription.ca_file()));
  if (!identity::ReadFile(webhook.subscription.ca_file()).ok())
    faults.Add(where, "ca_file", absl::StrCat(webhook.subscription.ca_file(), ": cannot be read"));
  return faults.ToStatus();
}

}  // namespace

absl::StatusOr<v1::Webhooks> ParseWebhooks(absl::string_view text) {
  if (text.size() > kLargest) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected at most ", kLargest, " bytes, got ", text.size()));
  }
  Faults faults;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&faults);
  parser.SetRecursionLimit(10);
  v1::Webhooks webhooks;
  if (!parser.ParseFromString(std::string(text), &webhooks)) return faults.ToStatus();
  if (webhooks.subscriptions_size() == 0 || webhooks.subscriptions_size() > kMostSubscriptions) {
    faults.Add("", "subscriptions",
               absl::StrCat("expected 1 to ", kMostSubscriptions, ", got ",
                            webhooks.subscriptions_size()));
  }
  std::set<std::string> names;
  int number = 0;
  for (const Subscription& subscription : webhooks.subscriptions()) {
    ++number;
    const bool is_named = IsId(subscription.name());
    const std::string where = absl::StrCat(
        "subscription ", is_named ? subscription.name() : absl::StrCat("no. ", number), ": ");
    if (!is_named) faults.Add(where, "name", "expected 1 to 64 characters of A-Z a-z 0-9 . _ -");
    if (is_named && !names.insert(subscription.name()).second)
      faults.Add(where, "name", "is another's already");
    Check(subscription, where, faults);
  }
  if (absl::Status status = faults.ToStatus(); !status.ok()) return status;
  return webhooks;
}

absl::StatusOr<std::vector<Webhook>> ReadWebhooks(const std::string& path) {
  absl::StatusOr<std::string> text = identity::ReadFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<v1::Webhooks> parsed = ParseWebhooks(*text);
  Faults faults;
  std::vector<Webhook> webhooks;
  absl::Status status = parsed.status();
  for (int i = 0; parsed.ok() && i < parsed->subscriptions_size(); ++i) {
    webhooks.push_back({parsed->subscriptions(i), {}, ""});
    status = ReadInto(webhooks.back(), path, faults);
  }
  if (status.ok()) return webhooks;
  return absl::Status(status.code(), absl::StrCat(path, ": ", status.message()));
}

bool IsFor(const Subscription& subscription, absl::string_view type) {
  if (subscription.types().empty()) return true;
  for (absl::string_view wanted : subscription.types()) {
    const bool is_prefix = absl::ConsumeSuffix(&wanted, "*");
    if (is_prefix ? absl::StartsWith(type, wanted) : type == wanted) return true;
  }
  return false;
}

}  // namespace ccfa::gateway
