#include "common/core/marks.h"

#include "absl/strings/match.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/core/refusal.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ccfa;
  const std::string text(fuzz::TextOf(data, size));
  intake::v1::CallDetails details;
  details.set_summary(text);
  const bool has_marks = HasMarks(details);
  absl::StatusOr<std::vector<MarkedText>> marked = CutMarks("details", details);
  if (!marked.ok()) {
    fuzz::Require(has_marks, "only what has marks is refused");
    fuzz::Require(FieldOf(marked.status()) == "details.summary", "a refusal names the field");
    fuzz::Require(details.summary() == text, "what is refused is left as it was");
    return 0;
  }
  fuzz::Require(marked->empty() == !has_marks, "what has marks is sealed whole");
  fuzz::Require(!absl::StrContains(details.summary(), "[["), "no mark is left");
  if (marked->empty()) return 0;
  fuzz::Require(marked->front().text.size() + 4 <= text.size(),
                "of the text the marks are left out");
  fuzz::Require(absl::StrContains(details.summary(), kWithheld), "what is withheld is said");
  return 0;
}
