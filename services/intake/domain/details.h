#pragma once

#include "absl/status/status.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/core/actor.h"
#include "services/intake/domain/policy.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

/// Whether what a councillor wrote down can be logged for this council (DOMAIN 2.1).
/// INVALID_ARGUMENT naming the field under `details`.
absl::Status CheckDetails(const Tables& tables, absl::string_view council,
                          const v1::CallDetails& details);

/// Whether another system may log it: by Open311 alone. PERMISSION_DENIED PARTNERS_SOURCE.
absl::Status CheckPartner(const v1::CallDetails& details, const Actor& actor);

/// Whether the councillor who logs a call, or whom it is logged for, represents its ward, as far as
/// both are known (F2). FAILED_PRECONDITION NOT_WARD_COUNCILLOR; imports are exempt.
absl::Status CheckWardCouncillor(const Tables& tables, absl::string_view council,
                                 const v1::CallDetails& details, const Actor& actor);

/// The wording sounds like an emergency: whoever logs it is told to ring 999.
bool SoundsLikeEmergency(const Policy& policy, const v1::CallDetails& details);

}  // namespace ccfa::intake
