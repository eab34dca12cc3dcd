#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/geo/point.h"
#include "services/routing/domain/boundary.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/postcode.h"
#include "services/routing/domain/register.h"

namespace ccfa::routing {
namespace {

constexpr int kMostPostcodes = 1000;

absl::Status CheckPostcodes(const v1::RegisterPostcodesRequest& request) {
  if (request.postcodes().empty() || request.postcodes_size() > kMostPostcodes) {
    return InvalidField("postcodes", absl::StrCat("expected 1 to ", kMostPostcodes, ", got ",
                                                  request.postcodes_size()));
  }
  for (int i = 0; i < request.postcodes_size(); ++i) {
    const v1::PostcodePoint& postcode = request.postcodes(i);
    std::string field = absl::StrCat("postcodes[", i, "]");
    if (PlainPostcode(postcode.postcode()).empty()) {
      return InvalidField(field + ".postcode", absl::StrCat("expected a postcode as \"RV1 2AB\", "
                                                            "got \"",
                                                            postcode.postcode(), "\""));
    }
    absl::Status point = geo::Check({postcode.point().lat(), postcode.point().lon()});
    if (!postcode.has_point() || !point.ok()) {
      return InvalidField(field + ".point",
                          point.ok() ? "is required" : std::string(point.message()));
    }
  }
  return absl::OkStatus();
}

/// Whether the council says so already of each.
bool AreKnown(const Tables& tables, const v1::RegisterPostcodesRequest& request) {
  for (const v1::PostcodePoint& postcode : request.postcodes()) {
    auto known = tables.postcodes.Get(
        absl::StrCat(PlainPostcode(postcode.postcode()), "/", CouncilOf(request.parent())));
    if (!known || known->SerializeAsString() != postcode.SerializeAsString()) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RetireWardRequest& request,
                             const Context&) {
  absl::Status form = CheckName("name", request.name(), "councils/*/wards/*");
  if (!form.ok()) return form;
  if (request.reason().empty()) return InvalidField("reason", "is required, in plain words");
  auto ward = tables.wards.Get(request.name());
  if (!ward) return NotFound("name", request.name());
  if (!request.etag().empty() && request.etag() != ward->etag()) {
    return Refuse(absl::StatusCode::kAborted, "ETAG_MOVED",
                  absl::StrCat(request.name(), " has changed since; read it again"), "etag");
  }
  Event event;
  if (!ward->retired().empty()) return event;
  if (!ward->team().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "WARD_COVERED",
                  absl::StrCat(request.name(), " is covered by ", ward->team(),
                               "; change that team's wards first"),
                  "name");
  }
  event.mutable_ward_retired()->set_name(request.name());
  event.mutable_ward_retired()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RegisterAreaRequest& request,
                             const Context&) {
  v1::Area area = request.area();
  absl::Status status = CheckName("area.name", area.name(), "councils/*/layers/*/areas/*");
  status.Update(CheckTitle("area.title", area.title()));
  if (status.ok()) status = CheckCouncil(tables, "area.name", area.name());
  if (!status.ok()) return status;
  if (!area.agency().empty() && (CouncilOf(area.agency()) != CouncilOf(area.name()) ||
                                 !tables.agencies.Contains(area.agency()))) {
    return NotFound("area.agency", area.agency());
  }
  absl::StatusOr<geo::Shape> shape = ToShape(area.boundary());
  if (!shape.ok()) return shape.status();
  if (absl::Status valid = geo::Check(*shape); !valid.ok())
    return InvalidField("area.boundary", valid.message());
  area.clear_etag();
  Event event;
  v1::Area plain = area;
  plain.clear_boundary();
  auto boundary = tables.area_boundaries.Get(area.name());
  bool same_boundary =
      boundary && boundary->SerializeAsString() == area.boundary().SerializeAsString();
  if (same_boundary && Same(tables.areas.Get(area.name()), plain)) return event;
  event.mutable_area_registered()->set_name(area.name());
  *event.mutable_area_registered()->mutable_area() = std::move(area);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RegisterPostcodesRequest& request,
                             const Context&) {
  absl::Status status = CheckName("parent", request.parent(), "councils/*");
  if (status.ok()) status = CheckCouncil(tables, "parent", request.parent());
  status.Update(CheckPostcodes(request));
  if (!status.ok()) return status;
  Event event;
  if (AreKnown(tables, request)) return event;
  event.mutable_postcodes_registered()->set_name(request.parent());
  *event.mutable_postcodes_registered()->mutable_postcodes() = request.postcodes();
  return event;
}

}  // namespace ccfa::routing
