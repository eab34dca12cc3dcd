#include "common/identity/password.h"

#include <sodium.h>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::identity {
namespace {

constexpr int kTryAgain_ms = 1000;
constexpr size_t kShortest = 12, kLongest = 256;

}  // namespace

absl::Status CheckPassword(absl::string_view field, const std::string& password) {
  if (password.size() >= kShortest && password.size() <= kLongest) return absl::OkStatus();
  return InvalidField(field, absl::StrCat("expected ", kShortest, " to ", kLongest, " characters"));
}

absl::StatusOr<std::string> HashPassword(const std::string& password) {
  char hash[crypto_pwhash_STRBYTES];
  if (sodium_init() < 0 ||
      crypto_pwhash_str_alg(hash, password.data(), password.size(),
                            crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return TryLater(absl::StatusCode::kResourceExhausted, "NO_MEMORY",
                    "there is no memory to hash a password", kTryAgain_ms);
  }
  return std::string(hash);
}

bool IsPassword(const std::string& hash, const std::string& password) {
  // Of nobody's password: who asks for an account that is not there waits as long.
  static const std::string nobodys = HashPassword("nobody's").value_or("");
  const std::string& looked_at = hash.empty() ? nobodys : hash;
  return crypto_pwhash_str_verify(looked_at.c_str(), password.data(), password.size()) == 0 &&
         !hash.empty();
}

}  // namespace ccfa::identity
