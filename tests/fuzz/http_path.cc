#include "services/gateway/path_template.h"
#include "services/gateway/routes.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ccfa::gateway;
  absl::string_view text = ccfa::fuzz::TextOf(data, size);
  PathTemplate::Parse(text).IgnoreError();
  std::optional<Path> path = ParsePath(text);
  if (!path) return 0;
  for (const std::string& segment : path->segments) {
    ccfa::fuzz::Require(!segment.empty() && segment != ".." && segment.find('/') == segment.npos,
                        "a segment hides no other path");
  }
  absl::StatusOr<Routes::Found> found = Routes::OfEveryService().Find("GET", *path);
  if (!found.ok()) return 0;
  for (const auto& [field, value] : found->bound)
    ccfa::fuzz::Require(!value.empty(), "what is bound is there");
  return 0;
}
