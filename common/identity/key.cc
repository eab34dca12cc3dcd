#include "common/identity/key.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include <functional>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/identity/base64url.h"
#include "common/identity/json_object.h"

namespace ccfa::identity {
namespace {

using SharedKey = std::shared_ptr<EVP_PKEY>;

constexpr size_t kCoordinateBytes = 32;
constexpr int kLeastRsaBits = 2048, kMostRsaBits = 8192;
constexpr size_t kLongestKeyId = 128;

SharedKey Own(EVP_PKEY* key) {
  return SharedKey(key, EVP_PKEY_free);
}

std::string BytesOf(const nlohmann::json& jwk, const char* member) {
  return FromBase64Url(StringOf(jwk, member).value_or("")).value_or("");
}

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// The key that OpenSSL makes of parameters; null when it will not.
SharedKey FromParameters(const char* type, const std::function<bool(OSSL_PARAM_BLD*)>& push) {
  std::unique_ptr<OSSL_PARAM_BLD, void (*)(OSSL_PARAM_BLD*)> builder(OSSL_PARAM_BLD_new(),
                                                                     OSSL_PARAM_BLD_free);
  if (!push(builder.get())) return nullptr;
  std::unique_ptr<OSSL_PARAM, void (*)(OSSL_PARAM*)> parameters(
      OSSL_PARAM_BLD_to_param(builder.get()), OSSL_PARAM_free);
  std::unique_ptr<EVP_PKEY_CTX, void (*)(EVP_PKEY_CTX*)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return Own(key);
}

SharedKey Ed25519(const nlohmann::json& jwk) {
  const std::string x = BytesOf(jwk, "x");
  return Own(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(x), x.size()));
}

SharedKey P256(const nlohmann::json& jwk) {
  const std::string x = BytesOf(jwk, "x"), y = BytesOf(jwk, "y");
  if (x.size() != kCoordinateBytes || y.size() != kCoordinateBytes) return nullptr;
  const std::string point = absl::StrCat("\x04", x, y);
  SharedKey key = FromParameters("EC", [&](OSSL_PARAM_BLD* builder) {
    return OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) &&
           OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                            point.size());
  });
  if (!key) return nullptr;
  std::unique_ptr<EVP_PKEY_CTX, void (*)(EVP_PKEY_CTX*)> check(
      EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr), EVP_PKEY_CTX_free);
  // A point that is not on the curve gives signatures away.
  return check && EVP_PKEY_public_check(check.get()) == 1 ? key : nullptr;
}

SharedKey Rsa(const nlohmann::json& jwk) {
  const std::string n = BytesOf(jwk, "n"), e = BytesOf(jwk, "e");
  if (n.empty() || e.empty() || n.size() * 8 > kMostRsaBits || e.size() > 4) return nullptr;
  std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> modulus(
      BN_bin2bn(Bytes(n), static_cast<int>(n.size()), nullptr), BN_free);
  std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> exponent(
      BN_bin2bn(Bytes(e), static_cast<int>(e.size()), nullptr), BN_free);
  if (BN_num_bits(modulus.get()) < kLeastRsaBits || !BN_is_odd(modulus.get()) ||
      !BN_is_odd(exponent.get()) || BN_is_one(exponent.get())) {
    return nullptr;
  }
  return FromParameters("RSA", [&](OSSL_PARAM_BLD* builder) {
    return OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus.get()) &&
           OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent.get());
  });
}

/// ECDSA signatures are two numbers of 32 bytes in a token, and DER in OpenSSL; empty for others.
std::string ToDer(absl::string_view signature) {
  if (signature.size() != 2 * kCoordinateBytes) return "";
  std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> numbers(ECDSA_SIG_new(), ECDSA_SIG_free);
  ECDSA_SIG_set0(numbers.get(), BN_bin2bn(Bytes(signature), kCoordinateBytes, nullptr),
                 BN_bin2bn(Bytes(signature) + kCoordinateBytes, kCoordinateBytes, nullptr));
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(numbers.get(), &der);
  std::string text(reinterpret_cast<char*>(der), size > 0 ? size : 0);
  OPENSSL_free(der);
  return text;
}

}  // namespace

absl::StatusOr<Key> Key::FromJwk(const nlohmann::json& jwk) {
  if (!jwk.is_object()) return InvalidField("keys", "expected objects");
  const std::string id = StringOf(jwk, "kid").value_or("");
  if (id.empty() || id.size() > kLongestKeyId) return InvalidField("kid", "is required");
  const std::string type = StringOf(jwk, "kty").value_or("");
  const std::string curve = StringOf(jwk, "crv").value_or("");
  std::string algorithm;
  SharedKey key;
  if (type == "OKP" && curve == "Ed25519") {
    algorithm = "EdDSA";
    key = Ed25519(jwk);
  } else if (type == "EC" && curve == "P-256") {
    algorithm = "ES256";
    key = P256(jwk);
  } else if (type == "RSA") {
    algorithm = "RS256";
    key = Rsa(jwk);
  }
  ERR_clear_error();
  if (!key) return InvalidField("kty", "expected Ed25519, P-256 or RSA of 2048 to 8192 bits");
  if (jwk.contains("alg") && StringOf(jwk, "alg") != algorithm) {
    return InvalidField("alg", absl::StrCat("such a key is for ", algorithm));
  }
  if (jwk.contains("use") && StringOf(jwk, "use") != "sig")
    return InvalidField("use", "the key is not for signatures");
  return Key(id, algorithm, std::move(key));
}

bool Key::Verifies(absl::string_view text, absl::string_view signature) const {
  const std::string der = algorithm_ == "ES256" ? ToDer(signature) : std::string(signature);
  if (der.empty()) return false;
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const EVP_MD* digest = algorithm_ == "EdDSA" ? nullptr : EVP_sha256();
  const bool verifies =
      EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), Bytes(der), der.size(), Bytes(text), text.size()) == 1;
  ERR_clear_error();
  return verifies;
}

}  // namespace ccfa::identity
