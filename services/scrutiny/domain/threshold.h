#pragma once

#include "ccfa/scrutiny/v1/case_review.pb.h"
#include "common/calendar/calendar.h"
#include "services/scrutiny/domain/policy.h"

namespace ccfa::scrutiny {

/// Whether complaints meet the threshold of a case review, with a reason for each (F54): so many,
/// each made in time after the behaviour and not too long before the application of `applied`; or
/// from so many people. The order in which they are given changes nothing but the reasons'.
v1::ThresholdFinding ThresholdOf(const v1::CaseReviewApplication& application,
                                 absl::CivilDay applied, const Policy& policy,
                                 const calendar::Calendar& calendar);

}  // namespace ccfa::scrutiny
