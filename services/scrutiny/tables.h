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
inline constexpr char kReferralsByPlace = 'c';
inline constexpr char kRecommendationsByList = 'o';

/// Names the list of a council's referrals narrowed by state; unspecified narrows nothing.
inline std::string ListOf(absl::string_view council, v1::ReferralState state) {
  return absl::StrCat(council, absl::string_view(&state::kPartEnd, 1), static_cast<int>(state));
}

/// Names the list of a council's recommendations: those with an answer or update overdue, or all.
inline std::string ListOf(absl::string_view council, bool overdue) {
  return absl::StrCat(council, absl::string_view(&state::kPartEnd, 1), overdue ? "overdue" : "all");
}

/// Names the list of a council's recommendations that are OPEN.
inline std::string OpenListOf(absl::string_view council) {
  return absl::StrCat(council, absl::string_view(&state::kPartEnd, 1), "open");
}

/// Names the list of a council's referrals of one category in one ward.
inline std::string PlaceOf(absl::string_view council, absl::string_view category,
                           absl::string_view ward) {
  constexpr absl::string_view kEnd(&state::kPartEnd, 1);
  return absl::StrCat(council, kEnd, category, kEnd, ward);
}

/// Scrutiny's whole state. The bytes name the tables in storage and outlive their names here.
struct Tables {
  explicit Tables(state::Rows& rows)
      : clocks(rows),
        referrals(rows, 'r',
                  {{kReferralsByList, &ListsOf},
                   {kReferralsByProblem, &ProblemOf},
                   {kReferralsByPlace, &PlacesOf}}),
        recommendations(rows, 'e', {{kRecommendationsByList, &ListsOf}}),
        meetings(rows, 'm'),
        partnerships(rows, 'd'),
        reviews(rows, 'w'),
        teams(rows, 't'),
        known(rows, 'k'),
        numbering(rows, 'n'),
        rules(rows, 'f') {}

  engine::Clocks clocks;
  /// Referrals and recommendations by resource name.
  state::Table<v1::Referral> referrals;
  state::Table<v1::Recommendation> recommendations;
  /// Meetings by resource name: a council's in the order of their dates.
  state::Table<v1::Meeting> meetings;
  /// When each council's committee considered the partnership, by the council's name.
  state::Table<v1::Partnership> partnerships;
  /// Reviews by resource name: each has its referral's id.
  state::Table<v1::Review> reviews;
  /// Who chairs and sits on each team, by the team's name (F53).
  state::Table<v1::Roster> teams;
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
  static std::vector<std::string> PlacesOf(const v1::Referral& referral) {
    if (referral.category().empty() || referral.ward().empty()) return {};
    return {PlaceOf(CouncilOf(referral.name()), referral.category(), referral.ward())};
  }
  static std::vector<std::string> ListsOf(const v1::Recommendation& recommendation) {
    absl::string_view council = CouncilOf(recommendation.name());
    std::vector<std::string> lists = {ListOf(council, /*overdue=*/false)};
    if (IsOverdue(recommendation)) lists.push_back(ListOf(council, /*overdue=*/true));
    if (recommendation.state() == v1::RECOMMENDATION_STATE_OPEN) {
      lists.push_back(OpenListOf(council));
    }
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
