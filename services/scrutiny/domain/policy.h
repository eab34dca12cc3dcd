#pragma once

#include <memory>

#include "absl/strings/string_view.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

/// A council's rules for scrutiny (DOMAIN 6 and 7).
using Policy = config::v1::ScrutinyRules;

inline std::shared_ptr<const Policy> PolicyOf(const Tables& tables, absl::string_view council) {
  return config::RulesOf(tables.rules, council, config::Defaults().scrutiny());
}

/// How long a recipient has to answer: the law a recommendation is made under says (F49).
inline const config::v1::ClockRule& RespondRule(const Policy& policy, v1::Regime regime) {
  return regime == v1::REGIME_CRIME_AND_DISORDER ? policy.respond_crime_and_disorder()
                                                 : policy.respond_other_matter();
}

/// Bounds.
inline constexpr int kMostOnAgenda = 100;
inline constexpr int kMostRecommendations = 100;
inline constexpr int kMostRecipients = 20;
inline constexpr int kMostUpdates = 200;
inline constexpr int kMostChases = 100;
inline constexpr int kMostSimilar = 20;
inline constexpr int kMostQuestions = 50;
inline constexpr int kMostPanel = 50;
inline constexpr int kMostCommittees = 20;
inline constexpr int kMostWitnesses = 100;
inline constexpr int kMostRequests = 50;
inline constexpr int kMostSessions = 50;
inline constexpr int kMostAttending = 100;
inline constexpr int kMostEvidence = 100;
inline constexpr int kMostSeats = 100;

/// The kinds of clock scrutiny runs: a referral's way to an agenda; each recipient's answer to a
/// recommendation, owned by the recipient; the next word on what was accepted; an agency's answer
/// to a request for information or for attendance; a council's duty to consider the partnership.
inline constexpr absl::string_view kAgendaClock = "agenda";
inline constexpr absl::string_view kRespondClock = "respond";
inline constexpr absl::string_view kUpdateClock = "update";
inline constexpr absl::string_view kInformationClock = "information";
inline constexpr absl::string_view kAttendanceClock = "attendance";
inline constexpr absl::string_view kPartnershipClock = "consider-partnership";

}  // namespace ccfa::scrutiny
