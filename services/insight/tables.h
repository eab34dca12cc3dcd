#pragma once

#include "ccfa/config/v1/config.pb.h"
#include "ccfa/insight/v1/disclosure.pb.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/insight/v1/tables.pb.h"
#include "common/geo/near.h"
#include "common/state/rows.h"
#include "common/state/table.h"

namespace ccfa::insight {

inline constexpr char kStoriesByWard = 'w';
inline constexpr char kStoriesByState = 's';
inline constexpr char kStoriesByCell = 'x';

/// Index keys of a story; none before its CallLogged has been folded.
std::vector<std::string> WardKeys(const v1::StoryRow& row);
std::vector<std::string> StateKeys(const v1::StoryRow& row);
/// By category and a square of the map, for calls near one another.
std::vector<std::string> CellKeys(const v1::StoryRow& row);

std::string CellKey(absl::string_view council, absl::string_view category, geo::Cell cell);

/// What stands between a name and what follows it in a compound key.
inline constexpr char kEnd = state::kPartEnd;

/// Insight's whole state: folded from the others' events, never decided on.
struct Tables {
  explicit Tables(state::Rows& rows)
      : stories(rows, 'c',
                {{kStoriesByWard, &WardKeys},
                 {kStoriesByState, &StateKeys},
                 {kStoriesByCell, &CellKeys}}),
        problems(rows, 'p'),
        referrals(rows, 'r'),
        history(rows, 'h'),
        led_to(rows, 'l'),
        configs(rows, 'f'),
        packs(rows, 'k'),
        disclosures(rows, 'd'),
        wards(rows, 'w') {}

  /// Calls by resource name.
  state::Table<v1::StoryRow> stories;
  state::Table<v1::CallsOf> problems;
  state::Table<v1::CallsOf> referrals;
  /// Every event by its subject, time and id.
  state::Table<v1::HistoryEntry> history;
  /// What came of a thing: call to problem, problem to referral, referral to recommendation. Keyed
  /// by both names; the row repeats the second.
  state::Table<v1::HistoryEntry> led_to;
  /// What councils set over the default rules.
  state::Table<config::v1::CouncilConfig> configs;
  /// What referral packs tell, by problem, referral and recommendation.
  state::Table<v1::PackRow> packs;
  /// Openings of callers, by council and in their order.
  state::Table<v1::Disclosure> disclosures;
  state::Table<v1::WardRow> wards;
};

}  // namespace ccfa::insight
