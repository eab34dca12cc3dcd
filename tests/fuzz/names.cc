#include "common/core/names.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::string_view name = ccfa::fuzz::TextOf(data, size);
  absl::string_view council = ccfa::CouncilOf(name);
  ccfa::IsId(name);
  ccfa::LastId(name);
  ccfa::ParentOf(name);
  if (!ccfa::CheckName("name", name, "councils/*/problems/*/actions/*").ok()) return 0;
  ccfa::fuzz::Require(ccfa::IsId(council), "a good name's council has an id");
  ccfa::fuzz::Require(ccfa::IsId(ccfa::LastId(name)), "a good name ends in an id");
  ccfa::fuzz::Require(ccfa::CheckName("name", ccfa::ParentOf(name), "councils/*/problems/*").ok(),
                      "a good name's parent is one");
  return 0;
}
