#include <curl/curl.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/identity/provider_keys.h"

namespace ccfa::identity {
namespace {

constexpr size_t kLargest = 256 << 10;
constexpr long kPatience_s = 10, kConnectPatience_s = 3;
constexpr long kFound = 200;

size_t Take(char* bytes, size_t size, size_t count, void* body) {
  auto& text = *static_cast<std::string*>(body);
  if (text.size() + size * count > kLargest) return 0;  // ends the transfer
  text.append(bytes, size * count);
  return size * count;
}

struct Form {
  std::string body, client, secret;
};

absl::StatusOr<std::string> Ask(const std::string& url, const Form* form, const std::string& ca) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (started != CURLE_OK || !curl) return absl::UnavailableError("libcurl cannot be used");
  std::string body;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl.get(), CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!ca.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_CAINFO, ca.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_CAPATH, nullptr);
  }
  if (form != nullptr) {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(form->body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_COPYPOSTFIELDS, form->body.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(curl.get(), CURLOPT_USERNAME, form->client.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, form->secret.c_str());
  }
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, kPatience_s);
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, kConnectPatience_s);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
  const CURLcode asked = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (asked != CURLE_OK)
    return absl::UnavailableError(absl::StrCat(url, ": ", curl_easy_strerror(asked)));
  if (status != kFound) return absl::UnavailableError(absl::StrCat(url, ": status ", status));
  return body;
}

}  // namespace

absl::StatusOr<std::string> FetchHttps(const std::string& url, const std::string& ca) {
  return Ask(url, nullptr, ca);
}

absl::StatusOr<std::string> PostHttps(const std::string& url, const std::string& form,
                                      const std::string& client, const std::string& secret,
                                      const std::string& ca) {
  const Form sent{form, client, secret};
  return Ask(url, &sent, ca);
}

}  // namespace ccfa::identity
