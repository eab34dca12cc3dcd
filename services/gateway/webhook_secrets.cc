#include "services/gateway/webhook_secrets.h"

#include <sodium.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace ccfa::gateway {
namespace {

constexpr size_t kShortest = 24, kLongest = 64;
constexpr size_t kMostSecrets = 2;
constexpr mode_t kOthers = 0077;

const unsigned char* BytesOf(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Hmac(absl::string_view secret, absl::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, BytesOf(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, BytesOf(text), text.size());
  std::string code(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(code.data()));
  return code;
}

}  // namespace

absl::StatusOr<WebhookSecrets> WebhookSecrets::Parse(absl::string_view text) {
  WebhookSecrets secrets;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;
    std::string& secret = secrets.secrets_.emplace_back();
    if (!absl::ConsumePrefix(&line, "whsec_") || !absl::Base64Unescape(line, &secret) ||
        secret.size() < kShortest || secret.size() > kLongest) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": expected whsec_ and ", kShortest, " to ", kLongest,
                       " bytes in base64, as `echo whsec_$(openssl rand -base64 32)`"));
    }
  }
  if (secrets.secrets_.empty() || secrets.secrets_.size() > kMostSecrets) {
    return absl::InvalidArgumentError(absl::StrCat(
        "expected one secret a line, one or two of them, got ", secrets.secrets_.size()));
  }
  return secrets;
}

absl::StatusOr<WebhookSecrets> WebhookSecrets::Read(const std::string& path) {
  absl::StatusOr<std::string> text = ReadPrivateFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<WebhookSecrets> secrets = Parse(*text);
  if (secrets.ok()) return secrets;
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", secrets.status().message()));
}

std::string WebhookSecrets::Sign(absl::string_view id, int64_t timestamp_s,
                                 absl::string_view body) const {
  const std::string text = absl::StrCat(id, ".", timestamp_s, ".", body);
  std::string signatures;
  for (const std::string& secret : secrets_) {
    absl::StrAppend(&signatures, signatures.empty() ? "" : " ", "v1,",
                    absl::Base64Escape(Hmac(secret, text)));
  }
  return signatures;
}

absl::StatusOr<std::string> ReadPrivateFile(const std::string& path) {
  struct stat facts = {};
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file || stat(path.c_str(), &facts) != 0)
    return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  if ((facts.st_mode & kOthers) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": may be used by others than its owner: chmod 600 it"));
  }
  return text.str();
}

}  // namespace ccfa::gateway
