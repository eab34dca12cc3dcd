#include "services/insight/duplicates.h"

#include <algorithm>
#include <cmath>

#include "absl/time/civil_time.h"
#include "common/calendar/date.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "services/insight/near.h"
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
      return true;
    default:
      return false;
  }
}

}  // namespace

std::vector<v1::Duplicate> DuplicatesOf(const Tables& tables, const v1::StoryRow& call,
                                        const DuplicatePolicy& policy) {
  std::vector<v1::Duplicate> found;
  const auto& details = call.intake().details();
  if (!details.place().has_point()) return found;
  for (Cell cell : Around(CellOf(details.place().point()))) {
    std::string prefix = CellKey(CouncilOf(call.name()), details.category(), cell) + kEnd;
    tables.stories.ScanIndex(
        kStoriesByCell, prefix, "", [&](absl::string_view, const v1::StoryRow& other) {
          double metres =
              DistanceM(details.place().point(), other.intake().details().place().point());
          auto days = std::abs(DayOf(other) - DayOf(call));
          if (other.name() != call.name() && IsOpen(other) && metres <= policy.within_m &&
              days <= policy.within_days) {
            v1::Duplicate& duplicate = found.emplace_back();
            *duplicate.mutable_call() = StoryOf(other);
            duplicate.set_distance_m(metres);
            duplicate.set_days_apart(static_cast<int32_t>(days));
          }
          return true;
        });
  }
  std::sort(found.begin(), found.end(), [](const v1::Duplicate& a, const v1::Duplicate& b) {
    return std::pair(a.distance_m(), a.call().name()) < std::pair(b.distance_m(), b.call().name());
  });
  if (found.size() > static_cast<size_t>(policy.most)) found.resize(policy.most);
  return found;
}

}  // namespace ccfa::insight
