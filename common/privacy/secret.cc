#include "common/privacy/secret.h"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdlib>
#include <cstring>

namespace ccfa::privacy {

void Secret::Free::operator()(unsigned char* bytes) const {
  sodium_free(bytes);
}

Secret::Secret() {
  static const bool ready = sodium_init() >= 0;
  if (ready) bytes_.reset(static_cast<unsigned char*>(sodium_malloc(kBytes)));
  // Without memory for a key there is nothing to go on with.
  if (!bytes_) std::abort();
}

Secret Secret::Random() {
  Secret secret;
  randombytes_buf(secret.bytes_.get(), kBytes);
  return secret;
}

absl::StatusOr<Secret> Secret::FromHex(absl::string_view hex) {
  Secret secret;
  size_t length = 0;
  bool is_hex = sodium_hex2bin(secret.bytes_.get(), kBytes, hex.data(), hex.size(), nullptr,
                               &length, nullptr) == 0;
  if (!is_hex || length != kBytes || hex.size() != 2 * kBytes)
    return absl::InvalidArgumentError("expected 64 hexadecimal digits, as `openssl rand -hex 32`");
  return secret;
}

Secret Secret::FromBytes(absl::string_view bytes) {
  Secret secret;
  std::memcpy(secret.bytes_.get(), bytes.data(), kBytes);
  return secret;
}

Secret Secret::Derive(const char (&purpose)[9]) const {
  static_assert(crypto_kdf_KEYBYTES == kBytes && crypto_kdf_CONTEXTBYTES == 8);
  Secret derived;
  crypto_kdf_derive_from_key(derived.bytes_.get(), kBytes, 1, purpose, bytes_.get());
  return derived;
}

void Wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

void KeepMemoryPrivate() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace ccfa::privacy
