#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/config/check.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/routing/domain/boundary.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/register.h"

namespace ccfa::routing {
namespace {

struct Kind {
  absl::string_view name;
  v1::Standing standing;
};

/// Owners of every kind (F19). Responsible authorities are those of the Crime and Disorder Act 1998
/// s5; a council may say otherwise of any one owner.
constexpr Kind kKinds[] = {{"police", v1::STANDING_RESPONSIBLE_AUTHORITY},
                           {"council", v1::STANDING_RESPONSIBLE_AUTHORITY},
                           {"county", v1::STANDING_RESPONSIBLE_AUTHORITY},
                           {"fire", v1::STANDING_RESPONSIBLE_AUTHORITY},
                           {"health", v1::STANDING_RESPONSIBLE_AUTHORITY},
                           {"probation", v1::STANDING_RESPONSIBLE_AUTHORITY},
                           {"housing", v1::STANDING_CO_OPERATING_BODY},
                           {"education", v1::STANDING_CO_OPERATING_BODY},
                           {"transport", v1::STANDING_CO_OPERATING_BODY},
                           {"utility", v1::STANDING_OTHER_OWNER},
                           {"voluntary", v1::STANDING_OTHER_OWNER},
                           {"business", v1::STANDING_OTHER_OWNER},
                           {"other", v1::STANDING_OTHER_OWNER}};

v1::Standing StandingOf(absl::string_view kind) {
  for (const Kind& each : kKinds) {
    if (each.name == kind) return each.standing;
  }
  return v1::STANDING_OTHER_OWNER;
}

absl::Status CheckKind(const v1::Agency& agency) {
  if (!v1::Standing_IsValid(agency.standing()))
    return InvalidField("agency.standing", "is no standing");
  bool known = absl::c_any_of(
      kKinds, [&](const Kind& each) { return each.name == absl::string_view(agency.kind()); });
  if (known || agency.kind().empty()) return absl::OkStatus();
  std::string kinds = absl::StrJoin(
      kKinds, ", ", [](std::string* out, const Kind& each) { absl::StrAppend(out, each.name); });
  return InvalidField("agency.kind",
                      absl::StrCat("expected one of ", kinds, "; got \"", agency.kind(), "\""));
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RegisterCouncilRequest& request,
                             const Context&) {
  v1::Council council = request.council();
  absl::Status status = CheckName("council.name", council.name(), "councils/*");
  status.Update(CheckTitle("council.title", council.title()));
  if (!status.ok()) return status;
  council.clear_etag();
  Event event;
  if (Same(tables.councils.Get(council.name()), council)) return event;
  event.mutable_council_registered()->set_name(council.name());
  *event.mutable_council_registered()->mutable_council() = std::move(council);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ConfigureCouncilRequest& request,
                             const Context&) {
  std::vector<config::Fault> faults = config::Check(request.config());
  if (!faults.empty())
    return InvalidField(absl::StrCat("config.", faults[0].field), faults[0].message);
  Event event;
  auto known = tables.configs.Get(request.config().name());
  if (known && known->SerializeAsString() == request.config().SerializeAsString()) return event;
  event.mutable_council_configured()->set_name(request.config().name());
  *event.mutable_council_configured()->mutable_config() = request.config();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RegisterWardRequest& request,
                             const Context&) {
  v1::Ward ward = request.ward();
  absl::Status status = CheckName("ward.name", ward.name(), "councils/*/wards/*");
  status.Update(CheckTitle("ward.title", ward.title()));
  if (status.ok()) status = CheckCouncil(tables, "ward.name", ward.name());
  if (!status.ok()) return status;
  absl::StatusOr<geo::Shape> shape = ToShape(ward.boundary());
  if (!shape.ok()) return shape.status();
  if (absl::Status valid = geo::Check(*shape); !valid.ok()) {
    return InvalidField("ward.boundary", valid.message());
  }
  ward.clear_etag();
  Event event;
  auto known = tables.wards.Get(ward.name());
  // The team is not the registrar's to say; it stays what it was.
  ward.set_team(known ? known->team() : "");
  ward.clear_retired();
  v1::Ward plain = ward;
  plain.clear_boundary();
  auto boundary = tables.boundaries.Get(ward.name());
  bool same_boundary =
      boundary && boundary->SerializeAsString() == ward.boundary().SerializeAsString();
  if (same_boundary && Same(known, plain)) return event;
  event.mutable_ward_registered()->set_name(ward.name());
  *event.mutable_ward_registered()->mutable_ward() = std::move(ward);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RegisterAgencyRequest& request,
                             const Context&) {
  v1::Agency agency = request.agency();
  absl::Status status = CheckName("agency.name", agency.name(), "councils/*/agencies/*");
  status.Update(CheckTitle("agency.title", agency.title()));
  if (status.ok()) status = CheckCouncil(tables, "agency.name", agency.name());
  if (status.ok()) status = CheckKind(agency);
  if (!status.ok()) return status;
  if (agency.standing() == v1::STANDING_UNSPECIFIED) agency.set_standing(StandingOf(agency.kind()));
  agency.clear_etag();
  Event event;
  if (Same(tables.agencies.Get(agency.name()), agency)) return event;
  event.mutable_agency_registered()->set_name(agency.name());
  *event.mutable_agency_registered()->mutable_agency() = std::move(agency);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RegisterCouncillorRequest& request,
                             const Context&) {
  v1::Councillor councillor = request.councillor();
  absl::Status status = CheckName("councillor.name", councillor.name(), "councils/*/councillors/*");
  status.Update(CheckTitle("councillor.title", councillor.title()));
  if (status.ok()) status = CheckCouncil(tables, "councillor.name", councillor.name());
  if (!status.ok()) return status;
  std::string ward =
      absl::StrCat("councils/", CouncilOf(councillor.name()), "/wards/", councillor.ward());
  if (!tables.wards.Contains(ward)) {
    return InvalidField("councillor.ward",
                        absl::StrCat("the council has no ward ", councillor.ward()));
  }
  councillor.clear_etag();
  Event event;
  if (Same(tables.councillors.Get(councillor.name()), councillor)) return event;
  event.mutable_councillor_registered()->set_name(councillor.name());
  *event.mutable_councillor_registered()->mutable_councillor() = std::move(councillor);
  return event;
}

}  // namespace ccfa::routing
