#include "services/intake/parked_calls.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/geo/near.h"

namespace ccfa::intake {
namespace {

geo::Point PointOf(const v1::CallDetails& details) {
  return {details.place().point().lat(), details.place().point().lon()};
}

std::string KindOf(absl::string_view council, const v1::CallDetails& details) {
  return absl::StrCat(council, "/", details.category());
}

std::string AtCell(absl::string_view kind, geo::Cell cell) {
  return absl::StrCat(kind, "/at/", cell.lat, "/", cell.lon, "/");
}

/// In a ward, with a point or without one: whoever has a point too is compared by that.
std::string InWard(absl::string_view kind, const std::string& ward, bool with_point) {
  return absl::StrCat(kind, with_point ? "/in/" : "/somewhere-in/", ward, "/");
}

/// Under which a call stands: its cell, its ward, both or neither.
std::vector<std::string> KeysOf(const v1::Call& call) {
  const v1::CallDetails& details = call.details();
  std::string kind = KindOf(CouncilOf(call.name()), details);
  std::vector<std::string> keys;
  if (details.place().has_point())
    keys.push_back(absl::StrCat(AtCell(kind, geo::CellOf(PointOf(details))), call.name()));
  if (!details.ward().empty()) {
    keys.push_back(
        absl::StrCat(InWard(kind, details.ward(), details.place().has_point()), call.name()));
  }
  return keys;
}

}  // namespace

void ParkedCalls::Add(const v1::Call& call) {
  v1::ParkedCall parked;
  parked.set_name(call.name());
  v1::CallDetails& kept = *parked.mutable_details();
  if (call.details().place().has_point())
    *kept.mutable_place()->mutable_point() = call.details().place().point();
  kept.set_ward(call.details().ward());
  kept.set_happened(call.details().happened());
  *parked.mutable_log_time() = call.log_time();
  for (const std::string& key : KeysOf(call)) places_.Put(key, parked);
  counts_.Update(KindOf(CouncilOf(call.name()), call.details()),
                 [](v1::ParkedCount& count) { count.set_calls(count.calls() + 1); });
}

void ParkedCalls::Remove(const v1::Call& call) {
  for (const std::string& key : KeysOf(call)) places_.Delete(key);
  std::string kind = KindOf(CouncilOf(call.name()), call.details());
  auto count = counts_.Get(kind);
  if (!count || count->calls() <= 1) return counts_.Delete(kind);
  count->set_calls(count->calls() - 1);
  counts_.Put(kind, *count);
}

void ParkedCalls::ListAround(absl::string_view council, const v1::CallDetails& details,
                             double within_m, const Visit& visit) const {
  std::string kind = KindOf(council, details);
  if (!counts_.Contains(kind)) return;
  bool more = true;
  auto scan = [&](const std::string& prefix) {
    if (!more) return;
    places_.Scan(prefix, "", [&](absl::string_view, const v1::ParkedCall& parked) {
      return more = visit(parked);
    });
  };
  bool has_point = details.place().has_point();
  if (has_point) {
    for (geo::Cell cell : geo::CellsAround(PointOf(details), within_m)) scan(AtCell(kind, cell));
  }
  if (details.ward().empty()) return;
  scan(InWard(kind, details.ward(), /*with_point=*/false));
  if (!has_point) scan(InWard(kind, details.ward(), /*with_point=*/true));
}

}  // namespace ccfa::intake
