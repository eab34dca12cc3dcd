#include "common/identity/key_set.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto keys = ccfa::identity::ParseKeySet(ccfa::fuzz::TextOf(data, size));
  if (!keys.ok()) return 0;
  for (const auto& [id, key] : *keys) {
    ccfa::fuzz::Require(key.id() == id, "a key is found by its own id");
    ccfa::fuzz::Require(!key.Verifies("text", std::string(64, '\x01')), "nobody signed that");
  }
  return 0;
}
