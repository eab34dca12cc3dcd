#include "services/intake/domain/exclusion.h"

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "services/intake/domain/call.h"

namespace ccfa::intake {

absl::Status CheckWhole(const v1::Exclusion& exclusion) {
  if (exclusion.limb() == v1::EXCLUSION_LIMB_UNSPECIFIED ||
      !v1::ExclusionLimb_IsValid(exclusion.limb())) {
    return InvalidField("exclusion.limb",
                        "is required: which of the four exclusions it is; decline it without an "
                        "exclusion for any other reason");
  }
  return Required("exclusion.evidence", exclusion.evidence());
}

absl::Status CheckReaches(const v1::CallDetails& details) {
  if (details.regime() == v1::REGIME_UNSPECIFIED) {
    return GateNotMet(
        "exclusion", {{"the law that the matter falls under", "whoever screens it: ClassifyCall"}});
  }
  if (details.regime() != v1::REGIME_CRIME_AND_DISORDER) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "EXCLUSION_DOES_NOT_APPLY",
                "the matter falls under crime and disorder, which the four exclusions do not reach "
                "(SI 2012/1022 art 3 is of other local government matters); decline it for another "
                "reason, or classify it anew",
                "exclusion.limb");
}

absl::Status CheckExcludes(const v1::Exclusion& exclusion, const v1::CallDetails& details) {
  if (absl::Status reaches = CheckReaches(details); !reaches.ok()) return reaches;
  if (exclusion.limb() == v1::EXCLUSION_LIMB_VEXATIOUS_DISCRIMINATORY_OR_NOT_REASONABLE) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "RULING_NEEDS_TWO",
                  "that a call is vexatious, discriminatory or not reasonable takes two people; "
                  "propose it (ProposeRuling), and another confirms it",
                  "exclusion.limb");
  }
  if (!exclusion.systemic_failure() && details.systemic_failure().empty()) return absl::OkStatus();
  return Refuse(
      absl::StatusCode::kFailedPrecondition, "OVERRIDDEN_BY_SYSTEMIC_FAILURE",
      absl::StrCat("a systemic failure is alleged", details.systemic_failure().empty() ? "" : ": ",
                   details.systemic_failure().substr(0, 200), "; the exclusion of a ",
                   WordsOf(v1::ExclusionLimb_Name(exclusion.limb()), "EXCLUSION_LIMB"),
                   " does not hold against it (SI 2012/1022 art 4): screen the call on its merits"),
      "exclusion.limb");
}

}  // namespace ccfa::intake
