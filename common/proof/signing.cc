#include "common/proof/signing.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "common/core/random.h"
#include "common/core/refusal.h"

namespace ccfa::proof {
namespace {

constexpr char kSecretForm[] = "ccfa-signing-key ed25519 ";
constexpr char kPublicForm[] = "ccfa-public-key ed25519 ";
constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kEverybodyReads = 0644;
constexpr mode_t kOthers = 0077;

std::optional<std::string> FromHex(absl::string_view text, size_t bytes) {
  std::string out(bytes, '\0');
  size_t written = 0;
  const char* end = nullptr;
  if (text.size() != 2 * bytes ||
      sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                     text.size(), nullptr, &written, &end) != 0 ||
      written != bytes || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return out;
}

const unsigned char* BytesOf(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

absl::Status CannotBeWritten(const std::string& path) {
  if (errno == EEXIST) {
    return Refuse(absl::StatusCode::kAlreadyExists, "KEY_EXISTS",
                  absl::StrCat(path,
                               " is there already, and a key is never written over: what it "
                               "signed could not be made again; name another file"));
  }
  return absl::UnavailableError(absl::StrCat(path, ": ", std::strerror(errno)));
}

absl::Status WriteNew(const std::string& path, mode_t mode, const std::string& text) {
  int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return CannotBeWritten(path);
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       fsync(file) == 0;
  absl::Status status = written ? absl::OkStatus() : CannotBeWritten(path);
  close(file);
  return status;
}

/// The hexadecimal in a key's file of a form.
absl::StatusOr<std::string> ReadKey(const std::string& path, absl::string_view form, size_t bytes) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return NotFound("key", path);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  absl::string_view line = absl::StripAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&line, form) || !FromHex(line, bytes)) {
    return InvalidField("key", absl::StrCat(path, ": expected one line, \"", form, "\" and ",
                                            2 * bytes, " hexadecimal digits"));
  }
  return absl::AsciiStrToLower(line);
}

}  // namespace

SigningKey::SigningKey(const std::string& seed)
    : seed_(seed), secret_(crypto_sign_SECRETKEYBYTES, '\0') {
  std::string open(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(open.data()),
                           reinterpret_cast<unsigned char*>(secret_.data()), BytesOf(seed_));
  public_key_ = absl::BytesToHexString(open);
}

SigningKey SigningKey::Make() {
  return SigningKey(*FromHex(RandomHex(crypto_sign_SEEDBYTES), crypto_sign_SEEDBYTES));
}

absl::StatusOr<SigningKey> SigningKey::Read(const std::string& path) {
  struct stat facts = {};
  if (stat(path.c_str(), &facts) != 0) return NotFound("key", path);
  if ((facts.st_mode & kOthers) != 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "KEY_NOT_PRIVATE",
                  absl::StrFormat("%s may be used by others than its owner (mode %04o, expected "
                                  "0600): chmod 600 it, or make another key if somebody may have "
                                  "read it",
                                  path, facts.st_mode & 07777),
                  "key");
  }
  absl::StatusOr<std::string> hex = ReadKey(path, kSecretForm, crypto_sign_SEEDBYTES);
  if (!hex.ok()) return hex.status();
  return SigningKey(*FromHex(*hex, crypto_sign_SEEDBYTES));
}

absl::Status SigningKey::Write(const std::string& path) const {
  if (access((path + ".pub").c_str(), F_OK) == 0) {
    errno = EEXIST;
    return CannotBeWritten(path + ".pub");
  }
  absl::Status status =
      WriteNew(path, kOwnerOnly, absl::StrCat(kSecretForm, absl::BytesToHexString(seed_), "\n"));
  if (!status.ok()) return status;
  return WriteNew(path + ".pub", kEverybodyReads, absl::StrCat(kPublicForm, public_key_, "\n"));
}

std::string SigningKey::Sign(absl::string_view text) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, BytesOf(text),
                       text.size(), BytesOf(secret_));
  return absl::BytesToHexString(signature);
}

absl::StatusOr<std::string> ReadPublicKey(const std::string& path) {
  return ReadKey(path, kPublicForm, crypto_sign_PUBLICKEYBYTES);
}

bool IsSignedBy(absl::string_view public_key, absl::string_view text, absl::string_view signature) {
  std::optional<std::string> key = FromHex(public_key, crypto_sign_PUBLICKEYBYTES);
  std::optional<std::string> signed_with = FromHex(signature, crypto_sign_BYTES);
  return key && signed_with &&
         crypto_sign_verify_detached(BytesOf(*signed_with), BytesOf(text), text.size(),
                                     BytesOf(*key)) == 0;
}

}  // namespace ccfa::proof
