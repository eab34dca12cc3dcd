#include "common/core/random.h"

#include <sodium.h>

#include "absl/strings/escaping.h"

namespace ccfa {

std::string RandomHex(size_t bytes) {
  std::string random(bytes, '\0');
  randombytes_buf(random.data(), random.size());
  return absl::BytesToHexString(random);
}

}  // namespace ccfa
