#include "common/identity/signing.h"

#include <sodium.h>

#include "absl/strings/str_cat.h"
#include "common/core/proto_time.h"
#include "common/core/random.h"
#include "common/identity/base64url.h"

namespace ccfa::identity {
namespace {

constexpr size_t kNewKeyIdBytes = 8;

struct Pair {
  unsigned char open[crypto_sign_PUBLICKEYBYTES];
  unsigned char secret[crypto_sign_SECRETKEYBYTES];
};

Pair PairOf(const v1::SigningKey& key) {
  Pair pair;
  std::string seed = key.seed();
  seed.resize(crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair(pair.open, pair.secret,
                           reinterpret_cast<const unsigned char*>(seed.data()));
  return pair;
}

}  // namespace

v1::SigningKey NewSigningKey(absl::Time now) {
  v1::SigningKey key;
  key.set_id(RandomHex(kNewKeyIdBytes));
  std::string seed(crypto_sign_SEEDBYTES, '\0');
  randombytes_buf(seed.data(), seed.size());
  key.set_seed(seed);
  *key.mutable_create_time() = ToProto(now);
  return key;
}

nlohmann::json JwkOf(const v1::SigningKey& key) {
  const Pair pair = PairOf(key);
  return {{"kty", "OKP"},
          {"crv", "Ed25519"},
          {"alg", "EdDSA"},
          {"use", "sig"},
          {"kid", key.id()},
          {"x", ToBase64Url({reinterpret_cast<const char*>(pair.open), sizeof(pair.open)})}};
}

std::string SignToken(const v1::SigningKey& key, const nlohmann::json& claims) {
  const nlohmann::json header = {{"alg", "EdDSA"}, {"kid", key.id()}, {"typ", "JWT"}};
  const std::string text =
      absl::StrCat(ToBase64Url(header.dump()), ".", ToBase64Url(claims.dump()));
  Pair pair = PairOf(key);
  unsigned char signature[crypto_sign_BYTES];
  crypto_sign_detached(signature, nullptr, reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), pair.secret);
  sodium_memzero(&pair, sizeof(pair));
  return absl::StrCat(text, ".",
                      ToBase64Url({reinterpret_cast<const char*>(signature), sizeof(signature)}));
}

}  // namespace ccfa::identity
