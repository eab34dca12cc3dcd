#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/string_view.h"

/// Reads bytes as if they came from outside: libFuzzer's entry, and replay.cc's.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace ccfa::fuzz {

inline absl::string_view TextOf(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Ends the process when what must hold of every input does not.
inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace ccfa::fuzz
