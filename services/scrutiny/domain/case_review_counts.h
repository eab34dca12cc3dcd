#pragma once

#include "absl/strings/string_view.h"
#include "ccfa/scrutiny/v1/case_review.pb.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

/// What a council publishes of the case reviews that were opened in a year (F55).
v1::CaseReviewCounts CountsOf(const Tables& tables, absl::string_view council, int year);

}  // namespace ccfa::scrutiny
