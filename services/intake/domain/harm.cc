#include "services/intake/domain/harm.h"

#include <bitset>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "services/intake/domain/call.h"

namespace ccfa::intake {

absl::Status CheckHarm(const google::protobuf::RepeatedPtrField<v1::HarmPart>& parts) {
  std::bitset<v1::HarmKind_ARRAYSIZE> seen;
  for (const v1::HarmPart& part : parts) {
    if (part.kind() == v1::HARM_KIND_UNSPECIFIED || !v1::HarmKind_IsValid(part.kind()))
      return InvalidField("parts.kind", "is required: which part of the harm it is");
    std::string kind = WordsOf(v1::HarmKind_Name(part.kind()), "HARM_KIND");
    if (seen.test(part.kind()))
      return InvalidField("parts", absl::StrCat("has ", kind, " twice; expected each part once"));
    seen.set(part.kind());
    if (part.level() < 0 || part.level() > kMostHarm) {
      return InvalidField("parts.level", absl::StrCat("expected 0 to ", kMostHarm, " for ", kind,
                                                      ", got ", part.level()));
    }
    if (absl::Status words = Required("parts.words", part.words()); !words.ok()) return words;
  }
  for (int kind = v1::HARM_KIND_UNSPECIFIED + 1; kind < v1::HarmKind_ARRAYSIZE; ++kind) {
    if (seen.test(kind)) continue;
    return InvalidField("parts",
                        absl::StrCat("lacks ", WordsOf(v1::HarmKind_Name(kind), "HARM_KIND"),
                                     "; expected each of the five parts, 0 where there is none"));
  }
  return absl::OkStatus();
}

int ScoreOf(const v1::HarmAssessment& assessment) {
  int weighed = 0, worst = 0;
  for (int i = 0; i < assessment.parts_size(); ++i) {
    weighed += assessment.parts(i).level() * assessment.weights(i);
    worst += kMostHarm * assessment.weights(i);
  }
  return worst == 0 ? 0 : (weighed * kMostScore + worst / 2) / worst;
}

}  // namespace ccfa::intake
