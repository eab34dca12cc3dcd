#pragma once

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"

namespace ccfa::scrutiny {

/// An enum's value in words for people: "on agenda".
inline std::string Words(absl::string_view value, absl::string_view prefix) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(value.substr(prefix.size())), {{"_", " "}});
}
inline std::string Words(v1::ReferralState state) {
  return Words(v1::ReferralState_Name(state), "REFERRAL_STATE_");
}
inline std::string Words(v1::CaseReviewState state) {
  return Words(v1::CaseReviewState_Name(state), "CASE_REVIEW_STATE_");
}
inline std::string Words(v1::RecommendationState state) {
  return Words(v1::RecommendationState_Name(state), "RECOMMENDATION_STATE_");
}

}  // namespace ccfa::scrutiny
