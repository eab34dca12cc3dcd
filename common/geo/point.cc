#include "common/geo/point.h"

#include "absl/strings/str_cat.h"

namespace ccfa::geo {
namespace {

// Written so that NaN, which compares false with everything, is outside.
bool IsWithin(double value, double low, double high) {
  return value >= low && value <= high;
}

absl::Status CheckRange(absl::string_view name, double value, double limit) {
  if (IsWithin(value, -limit, limit)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name, ": expected degrees from ", -limit, " to ", limit, ", got ", value));
}

}  // namespace

absl::Status Check(Point point) {
  if (absl::Status lat = CheckRange("lat", point.lat, 90); !lat.ok()) return lat;
  if (absl::Status lon = CheckRange("lon", point.lon, 180); !lon.ok()) return lon;
  // The bounds of Great Britain the wrong way round: open sea east of Africa.
  if (IsWithin(point.lat, -9, 2.5) && IsWithin(point.lon, 49, 61)) {
    return absl::InvalidArgumentError(absl::StrCat("lat ", point.lat, " and lon ", point.lon,
                                                   " look swapped: Great Britain lies at lat 49 to "
                                                   "61, lon -9 to 2.5"));
  }
  return absl::OkStatus();
}

}  // namespace ccfa::geo
