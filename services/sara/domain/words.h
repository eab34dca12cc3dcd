#pragma once

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "ccfa/sara/v1/sara.pb.h"

namespace ccfa::sara {

/// An enum's value in words for people: "tasking group", "in hand".
inline std::string Words(absl::string_view value, absl::string_view prefix) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(value.substr(prefix.size())), {{"_", " "}});
}
inline std::string Words(v1::ProblemState state) {
  return Words(v1::ProblemState_Name(state), "PROBLEM_STATE_");
}
inline std::string Words(v1::ActionState state) {
  return Words(v1::ActionState_Name(state), "ACTION_STATE_");
}
inline std::string Words(v1::Stage stage) {
  return Words(v1::Stage_Name(stage), "STAGE_");
}
inline std::string Words(v1::Rung rung) {
  return Words(v1::Rung_Name(rung), "RUNG_");
}
inline std::string Words(v1::Result result) {
  return Words(v1::Result_Name(result), "RESULT_");
}

}  // namespace ccfa::sara
