#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/core/refusal.h"
#include "common/engine/command.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

/// The review of that name, when it exists, its referral is IN_REVIEW, its report is not published
/// and nobody changed it since the etag. `field` is where the request names it.
absl::StatusOr<v1::Review> FindReview(const Tables& tables, absl::string_view field,
                                      absl::string_view name, absl::string_view etag);

/// The referral a review is of: they share their id.
std::string ReferralOfReview(absl::string_view review);
/// The review of a referral.
std::string ReviewOfReferral(absl::string_view referral);

/// What a team's roster says of a person's interest in what the team did; empty: nothing (F53).
std::string InterestOf(const v1::Roster& team, absl::string_view member);

/// The panel's members whose interest data show and who have not said whether they stay.
std::vector<Missing> UndeclaredInterests(const v1::Review& review);

/// What a report still lacks (F56).
std::vector<Missing> MissingForReport(const v1::Review& review,
                                      const v1::PublishReportRequest& request);

/// Marks which votes count, those of voting members who did not step aside, and sums them up (F52).
void CountVotes(const v1::Review& review, v1::Report& report);

}  // namespace ccfa::scrutiny
