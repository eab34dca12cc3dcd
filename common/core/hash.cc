#include "common/core/hash.h"

#include <sodium.h>

#include <cstring>

namespace ccfa {
namespace {

constexpr size_t kDigestBytes = 32;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

crypto_generichash_state* State(unsigned char* storage) {
  static_assert(sizeof(crypto_generichash_state) <= 384);
  return reinterpret_cast<crypto_generichash_state*>(storage);
}

}  // namespace

std::string Digest(absl::string_view bytes) {
  std::string digest(kDigestBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(), Bytes(bytes),
                     bytes.size(), nullptr, 0);
  return digest;
}

Digester::Digester() {
  crypto_generichash_init(State(state_), nullptr, 0, kDigestBytes);
}

void Digester::Add(absl::string_view bytes) {
  crypto_generichash_update(State(state_), Bytes(bytes), bytes.size());
}

std::string Digester::Finish() {
  std::string digest(kDigestBytes, '\0');
  crypto_generichash_final(State(state_), reinterpret_cast<unsigned char*>(digest.data()),
                           digest.size());
  return digest;
}

uint64_t Fingerprint(absl::string_view bytes) {
  static constexpr unsigned char kKey[crypto_shorthash_KEYBYTES] = {};
  unsigned char out[crypto_shorthash_BYTES];
  crypto_shorthash(out, Bytes(bytes), bytes.size(), kKey);
  uint64_t fingerprint;
  std::memcpy(&fingerprint, out, sizeof fingerprint);
  return fingerprint;
}

}  // namespace ccfa
