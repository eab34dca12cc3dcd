#include "services/insight/duplicates.h"

#include <algorithm>
#include <cmath>
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

/// Half of it is how near they lie, half how alike their words are: 0 to 1.
double Closeness(const v1::Duplicate& duplicate, const DuplicatePolicy& policy) {
  double near = policy.within_m > 0 ? 1 - duplicate.distance_m() / policy.within_m : 1;
  return (near + duplicate.likeness()) / 2;
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
  std::vector<v1::Duplicate> found;
  const auto& details = call.intake().details();
  if (!details.place().has_point()) return found;
  const geo::Point here = PointOf(details);
  const Trigrams words = WordsOf(call);
  auto consider = [&](absl::string_view, const v1::StoryRow& other) {
    if (other.name() == call.name() || !IsOpen(other)) return true;
    double metres = geo::DistanceM(here, PointOf(other.intake().details()));
    auto days = std::abs(DayOf(other) - DayOf(call));
    if (metres > policy.within_m || days > policy.within_days) return true;
    v1::Duplicate& duplicate = found.emplace_back();
    *duplicate.mutable_call() = StoryFor(other, policy.for_public);
    duplicate.set_distance_m(metres);
    duplicate.set_days_apart(static_cast<int32_t>(days));
    // To the hundredth, as people read it.
    duplicate.set_likeness(std::round(words.LikenessTo(WordsOf(other)) * 100) / 100);
    return true;
  };
  for (geo::Cell cell : geo::CellsAround(here, policy.within_m)) {
    std::string prefix = CellKey(CouncilOf(call.name()), details.category(), cell) + kEnd;
    tables.stories.ScanIndex(kStoriesByCell, prefix, "", consider);
  }
  auto order = [&](const v1::Duplicate& duplicate) {
    return std::tuple(-Closeness(duplicate, policy), duplicate.distance_m(),
                      duplicate.call().name());
  };
  std::sort(found.begin(), found.end(),
            [&](const v1::Duplicate& a, const v1::Duplicate& b) { return order(a) < order(b); });
  if (found.size() > static_cast<size_t>(policy.most)) found.resize(policy.most);
  return found;
}

}  // namespace ccfa::insight
