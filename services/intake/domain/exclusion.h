#pragma once

#include "absl/status/status.h"
#include "ccfa/intake/v1/intake.pb.h"

namespace ccfa::intake {

/// The four exclusions of a matter other than crime and disorder (F4, SI 2012/1022).

/// INVALID_ARGUMENT unless an exclusion has a limb and evidence.
absl::Status CheckWhole(const v1::Exclusion& exclusion);

/// Whether the four limbs reach a call at all: GATE_NOT_MET while its regime is not known,
/// EXCLUSION_DOES_NOT_APPLY where it is crime and disorder alone.
absl::Status CheckReaches(const v1::CallDetails& details);

/// Whether one person may decline a call by this exclusion: it reaches the call, no systemic
/// failure overrides it (OVERRIDDEN_BY_SYSTEMIC_FAILURE), and it is not the fourth
/// (RULING_NEEDS_TWO).
absl::Status CheckExcludes(const v1::Exclusion& exclusion, const v1::CallDetails& details);

}  // namespace ccfa::intake
