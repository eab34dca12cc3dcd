#pragma once

#include <initializer_list>
#include <string>

#include "absl/status/statusor.h"
#include "ccfa/config/v1/config.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/core/actor.h"
#include "common/engine/clocks.h"
#include "common/engine/command.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

/// The referral of that name, when it exists, nobody changed it since the etag, and its state is
/// one of `allowed`. `field` is where the request names it.
absl::StatusOr<v1::Referral> FindReferral(const Tables& tables, absl::string_view field,
                                          absl::string_view name, absl::string_view etag,
                                          std::initializer_list<v1::ReferralState> allowed);

/// The meeting of that name, when it exists and nobody changed it since the etag.
absl::StatusOr<v1::Meeting> FindMeeting(const Tables& tables, absl::string_view name,
                                        absl::string_view etag);

/// The recommendation of that name, when it exists, is OPEN and nobody changed it since the etag.
absl::StatusOr<v1::Recommendation> FindRecommendation(const Tables& tables, absl::string_view name,
                                                      absl::string_view etag);

/// ABORTED when the thing of that name has moved on from the etag, where one is given.
absl::Status CheckEtag(absl::string_view name, absl::string_view etag, absl::string_view now);

/// PERMISSION_DENIED NOT_SCRUTINY unless the actor does the committee's work.
absl::Status CheckScrutiny(const Actor& actor);

/// The actor is an officer of this agency.
bool IsOfficerOf(const Actor& actor, absl::string_view agency);

/// INVALID_ARGUMENT when a text that people need is empty.
absl::Status Required(absl::string_view field, absl::string_view text);

/// FAILED_PRECONDITION TOO_MANY when there are `most` of `things` already.
absl::Status CheckRoom(absl::string_view things, int held, int most);

/// The council's next meeting, today or later, with room on its agenda; empty when there is none.
std::string NextMeeting(const Tables& tables, absl::string_view council,
                        const engine::Context& context);

/// It still waits for a decision, a review or its end.
bool IsOpen(const v1::Referral& referral);

/// A day of the calendar that a field writes. INVALID_ARGUMENT naming it.
absl::StatusOr<absl::CivilDay> DayIn(absl::string_view field, absl::string_view date);

/// A day that must not be past. INVALID_ARGUMENT naming the field.
absl::Status CheckDayAhead(absl::string_view field, absl::string_view date,
                           const engine::Context& context);

/// The clock of a council's duty to consider the partnership, from `since` on (F52).
engine::Clock PartnershipClock(const Tables& tables, absl::string_view council, absl::Time since,
                               const engine::Context& context);

engine::Clock NewClock(absl::string_view subject, absl::string_view kind,
                       const config::v1::ClockRule& rule, const engine::Context& context);

}  // namespace ccfa::scrutiny
