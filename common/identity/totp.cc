#include "common/identity/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "absl/strings/str_format.h"

namespace ccfa::identity {
namespace {

constexpr int64_t kStep_s = 30;
constexpr uint32_t kBelow = 1'000'000;
constexpr int kBesides = 1;

}  // namespace

std::string TotpCode(absl::string_view secret, int64_t step) {
  unsigned char counter[8];
  for (int i = 7; i >= 0; --i, step >>= 8) counter[i] = static_cast<unsigned char>(step & 0xff);
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter, sizeof(counter), hash,
       &size);
  const unsigned char* at = hash + (hash[size - 1] & 0xf);
  const uint32_t number =
      uint32_t{at[0]} << 24 | uint32_t{at[1]} << 16 | uint32_t{at[2]} << 8 | uint32_t{at[3]};
  return absl::StrFormat("%06d", (number & 0x7fffffff) % kBelow);
}

int64_t TotpStep(absl::Time now) {
  return absl::ToUnixSeconds(now) / kStep_s;
}

std::optional<int64_t> FindTotp(absl::string_view secret, absl::string_view code, absl::Time now,
                                int64_t last) {
  std::optional<int64_t> found;
  const int64_t current = TotpStep(now);
  for (int64_t step = current - kBesides; step <= current + kBesides; ++step) {
    const std::string right = TotpCode(secret, step);
    if (code.size() == right.size() &&
        CRYPTO_memcmp(code.data(), right.data(), right.size()) == 0 && step > last) {
      found = step;
    }
  }
  return found;
}

std::string ToBase32(absl::string_view bytes) {
  constexpr absl::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  uint32_t held = 0;
  int bits = 0;
  for (char byte : bytes) {
    held = held << 8 | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) text += kLetters[held >> (bits - 5) & 31];
    held &= 0xff;
  }
  if (bits > 0) text += kLetters[held << (5 - bits) & 31];
  return text;
}

}  // namespace ccfa::identity
