#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "ccfa/config/v1/config.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/core/names.h"
#include "common/engine/clocks.h"
#include "common/state/name_set.h"
#include "common/state/numbering.h"
#include "common/state/rows.h"
#include "common/state/table.h"

namespace ccfa::scrutiny {

inline constexpr char kReferralsByList = 'l';
inline constexpr char kReferralsByProblem = 'p';
inline constexpr char kRecommendationsByList = 'o';

/// Names the list of a council's referrals narrowed by state; unspecified narrows nothing.
inline std::string ListOf(absl::string_view council, v1::ReferralState state) {
  return absl::StrCat(council, absl::string_view(&state::kPartEnd, 1), static_cast<int>(state));
}

/// Names the list of a council's recommendations: those with an answer or update overdue, or all.
inline std::string ListOf(absl::string_view council, bool overdue) {
  return absl::StrCat(council, absl::string_view(&state::kPartEnd, 1), overdue ? "overdue" : "all");
}

/// Scrutiny's whole state. The bytes name the tables in storage and outlive their names here.
struct Tables {
  explicit Tables(state::Rows& rows)
      : clocks(rows),
        referrals(rows, 'r', {{kReferralsByList, &ListsOf}, {kReferralsByProblem, &ProblemOf}}),
        recommendations(rows, 'e', {{kRecommendationsByList, &ListsOf}}),
        meetings(rows, 'm'),
        known(rows, 'k'),
        numbering(rows, 'n'),
        rules(rows, 'f') {}

  engine::Clocks clocks;
  /// Referrals and recommendations by resource name.
  state::Table<v1::Referral> referrals;
  state::Table<v1::Recommendation> recommendations;
  /// Meetings by resource name: a council's in the order of their dates.
  state::Table<v1::Meeting> meetings;
  /// The councils whose referrals are taken, the agencies that may be sent recommendations.
  state::NameSet known;
  state::Numbering numbering;
  /// What councils set over the default rules, by the council's name.
  state::Table<config::v1::ScrutinyRules> rules;

 private:
  static std::vector<std::string> ListsOf(const v1::Referral& referral) {
    absl::string_view council = CouncilOf(referral.name());
    return {ListOf(council, v1::REFERRAL_STATE_UNSPECIFIED), ListOf(council, referral.state())};
  }
  static std::vector<std::string> ProblemOf(const v1::Referral& referral) {
    return {referral.problem()};
  }
  static std::vector<std::string> ListsOf(const v1::Recommendation& recommendation) {
    absl::string_view council = CouncilOf(recommendation.name());
    std::vector<std::string> lists = {ListOf(council, /*overdue=*/false)};
    if (IsOverdue(recommendation)) lists.push_back(ListOf(council, /*overdue=*/true));
    return lists;
  }
  static bool IsOverdue(const v1::Recommendation& recommendation) {
    return recommendation.state() == v1::RECOMMENDATION_STATE_OPEN &&
           (recommendation.update_overdue() ||
            absl::c_any_of(recommendation.responses(), [](const v1::Response& response) {
              return response.overdue() && response.answer() == v1::ANSWER_UNSPECIFIED;
            }));
  }
};

}  // namespace ccfa::scrutiny
