#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ccfa/config/v1/config.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "ccfa/sara/v1/teams.pb.h"
#include "common/core/names.h"
#include "common/engine/clocks.h"
#include "common/state/name_set.h"
#include "common/state/numbering.h"
#include "common/state/rows.h"
#include "common/state/table.h"

namespace ccfa::sara {

inline constexpr char kProblemsByList = 'l';
inline constexpr char kProblemByCall = 'c';
inline constexpr char kWatchedProblems = 'g';
inline constexpr char kInvitedTeams = 'i';
inline constexpr char kActionsByAgency = 'o';

/// Names the list of a council's problems narrowed by team and state; an empty team and an
/// unspecified state narrow nothing.
inline std::string ListOf(absl::string_view council, absl::string_view team,
                          v1::ProblemState state) {
  constexpr absl::string_view kEnd(&state::kPartEnd, 1);
  return absl::StrCat(council, kEnd, team, kEnd, static_cast<int>(state));
}

/// Names the list of an agency's actions, by the days they are due: of all it was ever asked, or of
/// those that wait for it. Its parts: the list, the day, the action.
inline std::string AskedOf(absl::string_view agency, bool waiting) {
  constexpr absl::string_view kEnd(&state::kPartEnd, 1);
  return absl::StrCat(agency, kEnd, waiting ? "waiting" : "all");
}

/// Names the list of a team's watched problems of a category.
inline std::string WatchOf(absl::string_view team, absl::string_view category) {
  constexpr absl::string_view kEnd(&state::kPartEnd, 1);
  return absl::StrCat(team, kEnd, category);
}

/// Sara's whole state. The bytes name the tables in storage and outlive their names here.
struct Tables {
  explicit Tables(state::Rows& rows)
      : clocks(rows),
        problems(rows, 'p',
                 {{kProblemsByList, &ListsOf},
                  {kProblemByCall, &CallsOf},
                  {kWatchedProblems, &WatchesOf},
                  {kInvitedTeams, &InvitedOf},
                  {kActionsByAgency, &AskedIn}}),
        agencies(rows, 'a'),
        withdrawn(rows, 'w'),
        teams(rows, 't'),
        meetings(rows, 'm'),
        numbering(rows, 'n'),
        rules(rows, 'f') {}

  engine::Clocks clocks;
  /// Problems by resource name, each with its actions.
  state::Table<v1::Problem> problems;
  /// The agencies that may be asked for actions.
  state::NameSet agencies;
  /// Calls whose callers withdrew them: a route of theirs that comes late opens nothing.
  state::NameSet withdrawn;
  /// The council's teams, by resource name.
  state::Table<v1::TeamRow> teams;
  /// Meetings of teams, by resource name.
  state::Table<v1::TeamMeeting> meetings;
  state::Numbering numbering;
  /// What councils set over the default rules, by the council's name.
  state::Table<config::v1::SaraRules> rules;

  /// The problem that gathers this call.
  std::optional<v1::Problem> HolderOf(absl::string_view call) const {
    std::optional<v1::Problem> holder;
    problems.ScanIndex(kProblemByCall, absl::StrCat(call, absl::string_view(&state::kPartEnd, 1)),
                       "", [&](absl::string_view, const v1::Problem& problem) {
                         holder = problem;
                         return false;
                       });
    return holder;
  }

 private:
  /// Every list a problem is on.
  static std::vector<std::string> ListsOf(const v1::Problem& problem) {
    absl::string_view council = CouncilOf(problem.name());
    std::vector<std::string> lists;
    auto add = [&](absl::string_view team) {
      lists.push_back(ListOf(council, team, v1::PROBLEM_STATE_UNSPECIFIED));
      lists.push_back(ListOf(council, team, problem.state()));
    };
    add("");
    add(problem.team());
    if (!problem.joint_team().empty()) add(problem.joint_team());
    return lists;
  }
  static std::vector<std::string> WatchesOf(const v1::Problem& problem) {
    if (!problem.watched()) return {};
    return {WatchOf(problem.team(), problem.category())};
  }
  /// The teams whose answer an invitation waits for.
  static std::vector<std::string> InvitedOf(const v1::Problem& problem) {
    std::vector<std::string> teams;
    for (const v1::Invitation& invitation : problem.invitations()) {
      if (invitation.state() == v1::INVITATION_STATE_WAITING) teams.push_back(invitation.team());
    }
    return teams;
  }
  /// An action waits while its problem is in hand and its agency has not answered it, or has
  /// accepted it and not done it yet.
  static std::vector<std::string> AskedIn(const v1::Problem& problem) {
    constexpr absl::string_view kEnd(&state::kPartEnd, 1);
    std::vector<std::string> asked;
    for (const v1::Action& action : problem.actions()) {
      const std::string entry = absl::StrCat(kEnd, action.due_date(), kEnd, action.name());
      asked.push_back(AskedOf(action.agency(), false) + entry);
      const bool waits = action.state() == v1::ACTION_STATE_PROPOSED ||
                         action.state() == v1::ACTION_STATE_ACCEPTED;
      if (waits && problem.state() == v1::PROBLEM_STATE_IN_HAND)
        asked.push_back(AskedOf(action.agency(), true) + entry);
    }
    return asked;
  }
  static std::vector<std::string> CallsOf(const v1::Problem& problem) {
    return {problem.calls().begin(), problem.calls().end()};
  }
};

}  // namespace ccfa::sara
