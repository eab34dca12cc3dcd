#include "services/gateway/webhook_sender.h"

#include "absl/strings/str_cat.h"

namespace ccfa::gateway {
namespace {

constexpr long kPatience_s = 10, kConnectPatience_s = 5;

/// What a receiver says beyond its status is not read.
size_t Discard(char*, size_t size, size_t count, void*) {
  return size * count;
}

/// Not zero ends the transfer.
int IsStopping(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

}  // namespace

WebhookSender::WebhookSender(const v1::Subscription& subscription,
                             const std::atomic<bool>& stopping)
    : curl_(nullptr, curl_easy_cleanup) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started == CURLE_OK) curl_.reset(curl_easy_init());
  if (!curl_) return;
  CURL* curl = curl_.get();
  const bool is_plain = subscription.url().rfind("http:", 0) == 0;
  curl_easy_setopt(curl, CURLOPT_URL, subscription.url().c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_plain ? "http" : "https");
  // What is for this machine itself goes by no proxy.
  if (is_plain) curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!subscription.ca_file().empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, subscription.ca_file().c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, kPatience_s);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectPatience_s);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Discard);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, IsStopping);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stopping);
}

absl::StatusOr<Answer> WebhookSender::Send(const Post& post) {
  if (!curl_) return absl::UnavailableError("libcurl cannot be used");
  curl_slist* list = nullptr;
  for (const std::string& header :
       {std::string("Content-Type: application/json"), std::string("User-Agent: ccfa-gateway"),
        // Without waiting for a 100 beforehand.
        std::string("Expect:"), absl::StrCat("webhook-id: ", post.id),
        absl::StrCat("webhook-timestamp: ", post.timestamp),
        absl::StrCat("webhook-signature: ", post.signature)}) {
    list = curl_slist_append(list, header.c_str());
  }
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(list, curl_slist_free_all);
  curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(post.body.size()));
  curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDS, post.body.c_str());
  const CURLcode sent = curl_easy_perform(curl_.get());
  long status = 0;
  curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_off_t retry_after_s = 0;
  curl_easy_getinfo(curl_.get(), CURLINFO_RETRY_AFTER, &retry_after_s);
  curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, nullptr);
  if (sent != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(sent));
  return Answer{static_cast<int>(status), absl::Seconds(retry_after_s)};
}

}  // namespace ccfa::gateway
