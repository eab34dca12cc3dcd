#include "services/routing/recut.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/routing/domain/boundary.h"
#include "services/routing/domain/ward_map.h"

namespace ccfa::routing {
namespace {

absl::Status Add(std::vector<geo::Area>& areas, absl::string_view ward,
                 const v1::Boundary& boundary) {
  absl::StatusOr<geo::Shape> shape = ToShape(boundary);
  if (!shape.ok()) return shape.status();
  auto prepared = geo::PreparedShape::Create(*std::move(shape));
  if (!prepared.ok()) return prepared.status();
  areas.push_back({std::string(ward), *std::move(prepared)});
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<geo::AreaMap>> WardsOf(const Tables& tables,
                                                      absl::string_view council,
                                                      const std::string& vintage) {
  std::vector<geo::Area> areas;
  std::set<std::string> known;
  absl::Status status;
  std::string parent = absl::StrCat("councils/", council, "/");
  tables.boundaries.Scan(parent, "", [&](absl::string_view name, const v1::Boundary& boundary) {
    auto ward = tables.wards.Get(name);
    if (ward && !ward->vintage().empty()) known.insert(ward->vintage());
    if (ward && ward->vintage() == vintage) status = Add(areas, name, boundary);
    return status.ok();
  });
  tables.vintages.Scan(parent, "", [&](absl::string_view key, const v1::Boundary& boundary) {
    size_t end = key.rfind(state::kPartEnd);
    known.insert(std::string(key.substr(end + 1)));
    if (key.substr(end + 1) == vintage) status = Add(areas, key.substr(0, end), boundary);
    return status.ok();
  });
  if (!status.ok()) return status;
  if (areas.empty()) {
    return NotFound("vintage", absl::StrCat("ward of vintage \"", vintage, "\"; there are: ",
                                            known.empty() ? "none" : absl::StrJoin(known, ", ")));
  }
  return std::make_unique<geo::AreaMap>(std::move(areas));
}

v1::RecutCall Recut(const geo::AreaMap& wards, const v1::Placement& placement) {
  v1::RecutCall recut;
  recut.set_call(placement.call());
  recut.set_ward(placement.ward());
  recut.set_vintage(placement.vintage());
  std::vector<geo::Hit> hits =
      DeepestFirst(wards, {placement.point().lat(), placement.point().lon()});
  if (!hits.empty()) recut.set_recut(std::string(LastId(hits[0].id)));
  return recut;
}

}  // namespace ccfa::routing
