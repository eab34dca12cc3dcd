#pragma once

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/identity/base64url.h"

namespace ccfa::identity::given {

using Json = nlohmann::json;

/// A key pair of a test's own issuer, by OpenSSL.
class Signer {
 public:
  /// "EdDSA", "ES256" or "RS256"
  Signer(std::string id, std::string algorithm)
      : id_(std::move(id)), algorithm_(std::move(algorithm)), key_(Make(algorithm_)) {}

  /// The public half.
  Json Jwk() const {
    Json jwk = {{"kid", id_}, {"alg", algorithm_}, {"use", "sig"}};
    if (algorithm_ == "EdDSA") {
      unsigned char raw[32];
      size_t size = sizeof(raw);
      EVP_PKEY_get_raw_public_key(key_.get(), raw, &size);
      jwk.update({{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", ToBase64Url(Text(raw, size))}});
    } else if (algorithm_ == "ES256") {
      jwk.update(
          {{"kty", "EC"}, {"crv", "P-256"}, {"x", Number("qx", 32)}, {"y", Number("qy", 32)}});
    } else {
      jwk.update({{"kty", "RSA"}, {"n", Number("n", 0)}, {"e", Number("e", 0)}});
    }
    return jwk;
  }

  std::string Sign(const Json& claims) const {
    return SignAs({{"alg", algorithm_}, {"kid", id_}, {"typ", "JWT"}}, claims.dump());
  }
  /// With a header of the test's own, over any text.
  std::string SignAs(const Json& header, const std::string& claims) const {
    const std::string text = absl::StrCat(ToBase64Url(header.dump()), ".", ToBase64Url(claims));
    return absl::StrCat(text, ".", ToBase64Url(Signature(text)));
  }

 private:
  static std::shared_ptr<EVP_PKEY> Make(const std::string& algorithm) {
    EVP_PKEY* key = algorithm == "EdDSA" ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                    : algorithm == "ES256"
                        ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")
                        : EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t{2048});
    return {key, EVP_PKEY_free};
  }
  static absl::string_view Text(const unsigned char* bytes, size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
  }
  static std::string Bytes(const BIGNUM* number, int size) {
    std::string bytes(size > 0 ? size : BN_num_bytes(number), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(bytes.size()));
    return bytes;
  }
  std::string Number(const char* name, int size) const {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &number);
    const std::string bytes = Bytes(number, size);
    BN_free(number);
    return ToBase64Url(bytes);
  }
  std::string Signature(const std::string& text) const {
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    EVP_DigestSignInit(context.get(), nullptr, algorithm_ == "EdDSA" ? nullptr : EVP_sha256(),
                       nullptr, key_.get());
    std::string signature(1024, '\0');
    size_t size = signature.size();
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, data,
                   text.size());
    signature.resize(size);
    if (algorithm_ != "ES256") return signature;
    const auto* der = reinterpret_cast<const unsigned char*>(signature.data());
    ECDSA_SIG* numbers = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size));
    signature = Bytes(ECDSA_SIG_get0_r(numbers), 32) + Bytes(ECDSA_SIG_get0_s(numbers), 32);
    ECDSA_SIG_free(numbers);
    return signature;
  }

  std::string id_, algorithm_;
  std::shared_ptr<EVP_PKEY> key_;
};

/// HMAC with SHA-256, which no token of ours is signed with.
inline std::string Hmac(const std::string& key, const std::string& text) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash, &size);
  return std::string(reinterpret_cast<const char*>(hash), size);
}

/// A key set's text.
inline std::string Jwks(const std::vector<Json>& keys) {
  return Json{{"keys", keys}}.dump();
}

}  // namespace ccfa::identity::given
