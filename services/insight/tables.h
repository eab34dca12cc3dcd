#pragma once

#include "ccfa/config/v1/config.pb.h"
#include "ccfa/insight/v1/audit.pb.h"
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
inline constexpr char kStoriesByWord = 'v';

inline constexpr char kHistoryByTopic = 't';

/// Index keys of a story; none before its CallLogged has been folded.
std::vector<std::string> WardKeys(const v1::StoryRow& row);
std::vector<std::string> StateKeys(const v1::StoryRow& row);
/// By category and a square of the map, for calls near one another; behind it the point itself, so
/// that what is further off can be passed over unread.
std::vector<std::string> CellKeys(const v1::StoryRow& row);
/// The point in an entry of that index, to a hundredth of a metre.
geo::Point PointIn(absl::string_view cell_entry);

std::vector<std::string> WordKeys(const v1::StoryRow& row);

std::string CellKey(absl::string_view council, absl::string_view category, geo::Cell cell);

/// An event by its council, its topic and its seq there.
std::vector<std::string> TopicKeys(const v1::HistoryEntry& entry);
/// Where a council's events of a topic begin, and one of them.
std::string TopicPrefix(absl::string_view council, absl::string_view topic);
std::string TopicKey(absl::string_view council, absl::string_view topic, uint64_t seq);

/// What stands between a name and what follows it in a compound key.
inline constexpr char kEnd = state::kPartEnd;

/// Insight's whole state: folded from the others' events, never decided on.
struct Tables {
  explicit Tables(state::Rows& rows)
      : stories(rows, 'c',
                {{kStoriesByWard, &WardKeys},
                 {kStoriesByState, &StateKeys},
                 {kStoriesByCell, &CellKeys},
                 {kStoriesByWord, &WordKeys}}),
        problems(rows, 'p'),
        referrals(rows, 'r'),
        history(rows, 'h', {{kHistoryByTopic, &TopicKeys}}),
        feeds(rows, 'e'),
        led_to(rows, 'l'),
        configs(rows, 'f'),
        packs(rows, 'k'),
        disclosures(rows, 'd'),
        audit(rows, 'a'),
        wards(rows, 'w'),
        counts(rows, 'n') {}

  /// Calls by resource name.
  state::Table<v1::StoryRow> stories;
  state::Table<v1::CallsOf> problems;
  state::Table<v1::CallsOf> referrals;
  /// Every event by its subject, time and id.
  state::Table<v1::HistoryEntry> history;
  /// Where each council's events end.
  state::Table<v1::FeedPlace> feeds;
  /// What came of a thing: call to problem, problem to referral, referral to recommendation. Keyed
  /// by both names; the row repeats the second.
  state::Table<v1::HistoryEntry> led_to;
  /// What councils set over the default rules.
  state::Table<config::v1::CouncilConfig> configs;
  /// What referral packs tell, by problem, referral and recommendation.
  state::Table<v1::PackRow> packs;
  /// Openings of callers, by council and in their order.
  state::Table<v1::Disclosure> disclosures;
  /// Accesses to personal data and administrative acts, by council and the newest first.
  state::Table<v1::AuditEntry> audit;
  state::Table<v1::WardRow> wards;
  /// Calls, counted by council, month, ward, category and state.
  state::Table<v1::CountRow> counts;
};

}  // namespace ccfa::insight
