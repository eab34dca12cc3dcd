#include "common/privacy/sealing.h"

#include <sodium.h>

#include <cstring>

namespace ccfa::privacy {
namespace {

constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == Secret::kBytes);

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

v1::Sealed Seal(const Secret& key, absl::string_view bound_to, absl::string_view text) {
  v1::Sealed sealed;
  std::string& nonce = *sealed.mutable_nonce();
  nonce.resize(kNonceBytes);
  randombytes_buf(nonce.data(), nonce.size());
  std::string& box = *sealed.mutable_box();
  box.resize(text.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(box), nullptr, Bytes(text), text.size(),
                                             Bytes(bound_to), bound_to.size(), nullptr,
                                             Bytes(nonce), key.data());
  return sealed;
}

absl::StatusOr<std::string> Open(const Secret& key, absl::string_view bound_to,
                                 const v1::Sealed& sealed) {
  const std::string &nonce = sealed.nonce(), &box = sealed.box();
  std::string text(box.size() < kTagBytes ? 0 : box.size() - kTagBytes, '\0');
  bool is_whole =
      nonce.size() == kNonceBytes && box.size() >= kTagBytes &&
      crypto_aead_xchacha20poly1305_ietf_decrypt(
          Bytes(text), nullptr, nullptr, Bytes(absl::string_view(box)), box.size(), Bytes(bound_to),
          bound_to.size(), Bytes(absl::string_view(nonce)), key.data()) == 0;
  if (!is_whole) return absl::DataLossError("what was sealed does not open with its key");
  return text;
}

uint64_t KeyedFingerprint(const Secret& key, absl::string_view text) {
  unsigned char digest[crypto_generichash_BYTES_MIN];
  crypto_generichash(digest, sizeof digest, Bytes(text), text.size(), key.data(), Secret::kBytes);
  uint64_t fingerprint;
  std::memcpy(&fingerprint, digest, sizeof fingerprint);
  return fingerprint;
}

}  // namespace ccfa::privacy
