#include "services/intake/domain/parking.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "common/core/proto_time.h"
#include "common/geo/near.h"

namespace ccfa::intake {
namespace {

/// The day of what a call is about: as told, a month by its first day; else when it was logged.
absl::CivilDay DayOf(const v1::CallDetails& details, absl::Time log_time,
                     const calendar::Calendar& calendar) {
  std::string happened = details.happened();
  if (happened.size() == 7) happened += "-01";
  auto day = calendar::ParseDate(happened);
  return day.ok() ? *day : calendar.DayOf(log_time);
}

/// Near by their points where both have one; whoever has none is near in the same ward.
bool IsNear(const v1::CallDetails& a, const v1::CallDetails& b, double within_m) {
  if (!a.place().has_point() || !b.place().has_point()) return a.ward() == b.ward();
  const v1::Point &at = a.place().point(), &other = b.place().point();
  return geo::DistanceM({at.lat(), at.lon()}, {other.lat(), other.lon()}) <= within_m;
}

}  // namespace

std::vector<std::string> PatternWith(const Tables& tables, const Policy& policy,
                                     absl::string_view council, const v1::CallDetails& details,
                                     absl::Time log_time, const engine::Context& context) {
  std::vector<std::string> near;
  const config::v1::Parking& parking = policy.parking();
  absl::CivilDay day = DayOf(details, log_time, context.calendar);
  tables.parked.ListAround(council, details, parking.within_m(), [&](const v1::ParkedCall& parked) {
    absl::CivilDay other = DayOf(parked.details(), FromProto(parked.log_time()), context.calendar);
    if (std::abs(other - day) <= parking.within_days() &&
        IsNear(details, parked.details(), parking.within_m())) {
      near.push_back(parked.name());
    }
    return near.size() < kMostRecalled;
  });
  // With the call itself.
  if (static_cast<int>(near.size()) + 1 < parking.pattern()) near.clear();
  return near;
}

}  // namespace ccfa::intake
