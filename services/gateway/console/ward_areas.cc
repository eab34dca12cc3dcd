#include "services/gateway/console/ward_areas.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "ccfa/routing/v1/routing.pb.h"

namespace ccfa::gateway::console {
namespace {

namespace routing = ccfa::routing::v1;
using nlohmann::json;

constexpr double kE7 = 1e7;
constexpr int kWardsAtOnce = 100;

json RingOf(const routing::Ring& ring) {
  json positions = json::array();
  double lat = 0, lon = 0;
  for (int i = 0; i < ring.lat_e7_size() && i < ring.lon_e7_size(); ++i) {
    lat += ring.lat_e7(i);
    lon += ring.lon_e7(i);
    positions.push_back({lon / kE7, lat / kE7});
  }
  return positions;
}

json FeatureOf(const routing::Ward& ward) {
  json polygons = json::array();
  for (const routing::Polygon& polygon : ward.boundary().polygons()) {
    json rings = json::array();
    for (const routing::Ring& ring : polygon.rings()) rings.push_back(RingOf(ring));
    polygons.push_back(std::move(rings));
  }
  return {
      {"type", "Feature"},
      {"properties", {{"name", ward.name()}, {"title", ward.title()}, {"href", "/" + ward.name()}}},
      {"geometry", {{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}}}};
}

}  // namespace

absl::StatusOr<std::string> WardsAsGeoJson(const Asker& asker, const std::string& council) {
  json features = json::array();
  routing::ListWardsRequest request;
  request.set_parent(absl::StrCat("councils/", council));
  request.set_page_size(kWardsAtOnce);
  do {
    auto response = asker.Ask<routing::ListWardsResponse>(request);
    if (!response.ok()) return response.status();
    for (const routing::Ward& listed : response->wards()) {
      if (!listed.retired().empty()) continue;
      // Lists leave boundaries out.
      routing::GetWardRequest one;
      one.set_name(listed.name());
      auto ward = asker.Ask<routing::Ward>(one);
      if (!ward.ok()) return ward.status();
      features.push_back(FeatureOf(*ward));
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return json({{"type", "FeatureCollection"}, {"features", std::move(features)}}).dump();
}

}  // namespace ccfa::gateway::console
