#include "services/routing/locate.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/routing/domain/policy.h"
#include "services/routing/domain/postcode.h"
#include "services/routing/domain/register.h"
#include "services/routing/domain/ward_map.h"

namespace ccfa::routing {
namespace {

constexpr double kLookAround_m = 2000;

std::string NoteOfNowhere(const std::vector<Layer>& layers, geo::Point point) {
  std::optional<geo::Hit> nearest;
  for (const Layer& layer : layers) {
    std::optional<geo::Hit> near = layer.map->Nearest(point, kLookAround_m);
    if (near && (!nearest || near->distance_to_edge_m < nearest->distance_to_edge_m))
      nearest = std::move(near);
  }
  if (!nearest) return "The point lies in no registered ward.";
  return absl::StrFormat("The point lies in no registered ward; the nearest, %s, is %.0f m away.",
                         nearest->id, nearest->distance_to_edge_m);
}

v1::Location LocationOf(const std::vector<Layer>& layers, geo::Point point) {
  v1::Location location;
  location.mutable_point()->set_lat(point.lat);
  location.mutable_point()->set_lon(point.lon);
  const Tables* found_in = nullptr;
  geo::Hit deepest;
  for (const Layer& layer : layers) {
    for (geo::Hit& hit : layer.map->Locate(point)) {
      if (found_in != nullptr && !IsDeeper(hit, deepest)) continue;
      deepest = std::move(hit);
      found_in = layer.tables;
    }
  }
  if (found_in == nullptr) {
    location.set_note(NoteOfNowhere(layers, point));
    return location;
  }
  const Tables& tables = *found_in;
  std::string council = absl::StrCat("councils/", CouncilOf(deepest.id));
  v1::Ward ward = tables.wards.Get(deepest.id).value_or(v1::Ward());
  location.set_ward(deepest.id);
  location.set_ward_title(ward.title());
  location.set_council(council);
  location.set_council_title(tables.councils.Get(council).value_or(v1::Council()).title());
  location.set_team(ward.team());
  location.set_team_title(tables.teams.Get(ward.team()).value_or(v1::Team()).title());
  location.set_edge_m(deepest.distance_to_edge_m);
  location.set_near_edge(deepest.distance_to_edge_m <
                         PolicyOf(tables, CouncilOf(council))->near_edge_m());
  if (ward.team().empty()) location.set_note("No team covers this ward.");
  tables.councillors.ScanIndex(kCouncillorsByWard, deepest.id + state::kPartEnd, "",
                               [&](absl::string_view, const v1::Councillor& councillor) {
                                 *location.add_councillors() = councillor;
                                 return true;
                               });
  tables.agencies.Scan(absl::StrCat(council, "/"), "",
                       [&](absl::string_view, const v1::Agency& agency) {
                         *location.add_agencies() = agency;
                         return true;
                       });
  for (const Layer& layer : layers) {
    for (const geo::Hit& hit : layer.areas->Locate(point))
      *location.add_areas() = AreaHitOf(*layer.tables, hit.id);
  }
  return location;
}

}  // namespace

absl::StatusOr<v1::Location> LocationOf(const std::vector<Layer>& layers,
                                        const v1::LocateRequest& request) {
  if (request.postcode().empty()) {
    geo::Point point{request.lat(), request.lon()};
    if (absl::Status status = geo::Check(point); !status.ok())
      return InvalidField(status.message().substr(0, 3), status.message());
    return LocationOf(layers, point);
  }
  if (PlainPostcode(request.postcode()).empty()) {
    return InvalidField("postcode", absl::StrCat("expected a postcode as \"RV1 2AB\", got \"",
                                                 request.postcode(), "\""));
  }
  for (const Layer& layer : layers) {
    if (auto point = PointOf(*layer.tables, "", request.postcode()))
      return LocationOf(layers, {point->lat(), point->lon()});
  }
  return NotFound("postcode",
                  absl::StrCat(request.postcode(), " among the postcodes councils registered"));
}

}  // namespace ccfa::routing
