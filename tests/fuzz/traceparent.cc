#include "common/telemetry/traceparent.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::string_view text = ccfa::fuzz::TextOf(data, size);
  auto read = ccfa::telemetry::ParseTraceparent(std::string_view(text.data(), text.size()));
  if (!read) return 0;
  ccfa::fuzz::Require(ccfa::telemetry::FormatTraceparent(*read) == std::string(text),
                      "what was read is written as it was");
  return 0;
}
