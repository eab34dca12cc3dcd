#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::privacy {

/// The 32 bytes of a key, in memory of their own between guard pages: kept out of swap and of core
/// dumps where the machine allows it, zeroed when they go. Moved, never copied.
class Secret {
 public:
  static constexpr size_t kBytes = 32;

  static Secret Random();
  /// INVALID_ARGUMENT unless `hex` is 64 hexadecimal digits; the message never repeats them.
  static absl::StatusOr<Secret> FromHex(absl::string_view hex);
  /// `bytes` are kBytes.
  static Secret FromBytes(absl::string_view bytes);

  /// Another key that follows from this one and a purpose of 8 characters, and leads back to
  /// neither.
  Secret Derive(const char (&purpose)[9]) const;

  const unsigned char* data() const { return bytes_.get(); }
  absl::string_view view() const { return {reinterpret_cast<const char*>(bytes_.get()), kBytes}; }

 private:
  struct Free {
    void operator()(unsigned char* bytes) const;
  };
  Secret();

  std::unique_ptr<unsigned char, Free> bytes_;
};

/// Overwrites what a text held, which the compiler would not keep otherwise.
void Wipe(std::string& text);

/// No core dump of this process shows its memory, and no other process of its user reads it.
void KeepMemoryPrivate();

}  // namespace ccfa::privacy
