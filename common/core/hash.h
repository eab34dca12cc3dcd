#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace ccfa {

/// BLAKE2b-256 of `bytes`, 32 bytes: the links of a council's chain.
std::string Digest(absl::string_view bytes);

/// A digest taken in pieces, the same as of all the pieces at once.
class Digester {
 public:
  Digester();
  void Add(absl::string_view bytes);
  std::string Finish();

 private:
  alignas(64) unsigned char state_[384];
};

/// A 64-bit fingerprint that tells one request from another; not a proof against an attacker.
uint64_t Fingerprint(absl::string_view bytes);

}  // namespace ccfa
