#include "services/insight/duplicates.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/calendar/date.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/geo/near.h"
#include "services/insight/similarity.h"
#include "services/insight/story.h"

namespace ccfa::insight {
namespace {

/// What a point loses in an index.
constexpr double kRoundingM = 1;

/// The day a call's matter happened: as told, a month by its first day; else the day it was logged.
absl::CivilDay DayOf(const v1::StoryRow& row) {
  std::string happened = row.intake().details().happened();
  if (happened.size() == 7) happened += "-01";
  auto day = calendar::ParseDate(happened);
  return day.ok() ? *day
                  : absl::ToCivilDay(FromProto(row.intake().log_time()), absl::UTCTimeZone());
}

bool IsOpen(const v1::StoryRow& row) {
  switch (row.intake().state()) {
    case intake::v1::CALL_STATE_LOGGED:
    case intake::v1::CALL_STATE_MORE_INFORMATION_NEEDED:
    case intake::v1::CALL_STATE_ACCEPTED:
    case intake::v1::CALL_STATE_JOINED:
    case intake::v1::CALL_STATE_RULING_PROPOSED:
    case intake::v1::CALL_STATE_APPEALED:
    case intake::v1::CALL_STATE_PARKED:
      return true;
    default:
      return false;
  }
}

geo::Point PointOf(const intake::v1::CallDetails& details) {
  return {details.place().point().lat(), details.place().point().lon()};
}

Trigrams WordsOf(const v1::StoryRow& row) {
  const auto& details = row.intake().details();
  return Trigrams(absl::StrCat(details.summary(), "\n", details.description()));
}

/// A call near enough, by what decides whether it is shown.
struct Candidate {
  std::string name;
  double metres = 0;
  int days = 0;
  /// To the hundredth, as people read it.
  double likeness = 0;
};

/// Half of it is how near they lie, half how alike their words are: 0 to 1.
double ClosenessOf(const Candidate& candidate, const DuplicatePolicy& policy) {
  double near = policy.within_m > 0 ? 1 - candidate.metres / policy.within_m : 1;
  return (near + candidate.likeness) / 2;
}

v1::CallStory StoryFor(const v1::StoryRow& row, bool for_public) {
  v1::CallStory story = StoryOf(row);
  if (!for_public) return story;
  story.clear_thread();
  story.clear_harm();
  story.clear_ruling();
  story.clear_exclusion();
  return story;
}

}  // namespace

DuplicatePolicy DuplicatePolicyOf(const Tables& tables, absl::string_view council,
                                  v1::Audience audience) {
  config::v1::Duplicates rules = config::Defaults().intake().duplicates();
  if (auto own = tables.configs.Get(absl::StrCat("councils/", council)))
    config::SetOver(rules, own->intake().duplicates());
  DuplicatePolicy policy;
  policy.for_public = audience == v1::AUDIENCE_PUBLIC;
  policy.within_m = policy.for_public ? rules.public_m() : rules.staff_m();
  policy.within_days = rules.days();
  return policy;
}

std::vector<v1::Duplicate> DuplicatesOf(const Tables& tables, const v1::StoryRow& call,
                                        const DuplicatePolicy& policy) {
  const auto& details = call.intake().details();
  if (!details.place().has_point()) return {};
  const geo::Point here = PointOf(details);
  const Trigrams words = WordsOf(call);
  std::vector<Candidate> near;
  auto consider = [&](const v1::StoryRow& other) {
    if (other.name() == call.name() || !IsOpen(other)) return;
    const double metres = geo::DistanceM(here, PointOf(other.intake().details()));
    const auto days = std::abs(DayOf(other) - DayOf(call));
    if (metres > policy.within_m || days > policy.within_days) return;
    const double likeness = std::round(words.LikenessTo(WordsOf(other)) * 100) / 100;
    near.push_back({other.name(), metres, static_cast<int>(days), likeness});
  };
  auto pass = [&](absl::string_view entry, absl::string_view name) {
    // Most of what a cell has is too far away to be read.
    if (geo::DistanceM(here, PointIn(entry)) > policy.within_m + kRoundingM) return true;
    if (const std::optional<v1::StoryRow> other = tables.stories.Get(name)) consider(*other);
    return true;
  };
  for (geo::Cell cell : geo::CellsAround(here, policy.within_m)) {
    std::string prefix = CellKey(CouncilOf(call.name()), details.category(), cell) + kEnd;
    tables.stories.ScanEntries(kStoriesByCell, prefix, "", pass);
  }
  auto order = [&](const Candidate& candidate) {
    return std::tuple(-ClosenessOf(candidate, policy), candidate.metres,
                      absl::string_view(candidate.name));
  };
  const size_t most = std::min(near.size(), static_cast<size_t>(policy.most));
  std::partial_sort(near.begin(), near.begin() + most, near.end(),
                    [&](const Candidate& a, const Candidate& b) { return order(a) < order(b); });
  near.resize(most);
  std::vector<v1::Duplicate> found;
  for (const Candidate& candidate : near) {
    const std::optional<v1::StoryRow> row = tables.stories.Get(candidate.name);
    if (!row) continue;  // a failed read is told with the answer
    v1::Duplicate& duplicate = found.emplace_back();
    *duplicate.mutable_call() = StoryFor(*row, policy.for_public);
    duplicate.set_distance_m(candidate.metres);
    duplicate.set_days_apart(candidate.days);
    duplicate.set_likeness(candidate.likeness);
  }
  return found;
}

}  // namespace ccfa::insight
