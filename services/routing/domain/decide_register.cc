#include "absl/strings/str_cat.h"
#include "common/calendar/calendar.h"
#include "common/config/check.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/routing/domain/boundary.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/policy.h"

namespace ccfa::routing {
namespace {

absl::Status CheckCouncil(const Tables& tables, absl::string_view field, absl::string_view name) {
  std::string council = absl::StrCat("councils/", CouncilOf(name));
  if (tables.councils.Contains(council)) return absl::OkStatus();
  return NotFound(field, absl::StrCat(council, "; register the council first"));
}

absl::Status CheckTitle(absl::string_view field, absl::string_view title) {
  return title.empty() || title.size() > 200
             ? InvalidField(field, "is required, at most 200 bytes: the name people know it by")
             : absl::OkStatus();
}

/// Whether `known` already says what `asked` does; etags and what the server adds aside.
template <class Row>
bool Same(const std::optional<Row>& known, const Row& asked) {
  if (!known) return false;
  Row plain = *known;
  plain.clear_etag();
  return plain.SerializeAsString() == asked.SerializeAsString();
}

absl::Status CheckMembers(const Tables& tables, const v1::Team& team) {
  if (team.members_size() > kMostMembers)
    return InvalidField("team.members", absl::StrCat("at most ", kMostMembers));
  for (int i = 0; i < team.members_size(); ++i) {
    const v1::Member& member = team.members(i);
    std::string field = absl::StrCat("team.members[", i, "]");
    if (!tables.agencies.Contains(member.agency()) ||
        CouncilOf(member.agency()) != CouncilOf(team.name())) {
      return InvalidField(field + ".agency",
                          absl::StrCat("is no agency of the council: \"", member.agency(), "\""));
    }
    if (member.term_ends().empty()) continue;
    absl::Status date = calendar::ParseDate(member.term_ends()).status();
    if (!date.ok()) return InvalidField(field + ".term_ends", date.message());
  }
  return absl::OkStatus();
}

absl::Status CheckWards(const Tables& tables, const v1::Team& team) {
  if (team.wards().empty()) return InvalidField("team.wards", "is required: at least one ward");
  for (int i = 0; i < team.wards_size(); ++i) {
    std::string field = absl::StrCat("team.wards[", i, "]");
    auto ward = tables.wards.Get(
        absl::StrCat("councils/", CouncilOf(team.name()), "/wards/", team.wards(i)));
    if (!ward) return InvalidField(field, absl::StrCat("the council has no ward ", team.wards(i)));
    if (!ward->team().empty()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, "WARD_COVERED",
                    absl::StrCat(team.wards(i), " is covered by ", ward->team()), field);
    }
  }
  return absl::OkStatus();
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
  if (!status.ok()) return status;
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

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CreateTeamRequest& request,
                             const Context&) {
  v1::Team team = request.team();
  absl::Status status = CheckName("team.name", team.name(), "councils/*/teams/*");
  status.Update(CheckTitle("team.title", team.title()));
  if (status.ok()) status = CheckCouncil(tables, "team.name", team.name());
  if (!status.ok()) return status;
  const auto policy = PolicyOf(tables, CouncilOf(team.name()));
  if (team.priorities_at_once() == 0) team.set_priorities_at_once(policy->least_priorities());
  if (team.priorities_at_once() < policy->least_priorities() ||
      team.priorities_at_once() > policy->most_priorities()) {
    return InvalidField(
        "team.priorities_at_once",
        absl::StrCat("expected ", policy->least_priorities(), " to ", policy->most_priorities(),
                     ", got ", team.priorities_at_once()));
  }
  if (team.quorum() < 0 || team.meets_every_weeks() < 0) {
    return InvalidField(team.quorum() < 0 ? "team.quorum" : "team.meets_every_weeks",
                        "must not be negative");
  }
  if (!team.chair().empty() && !tables.councillors.Contains(team.chair())) {
    return InvalidField("team.chair",
                        absl::StrCat("is no registered councillor: \"", team.chair(), "\""));
  }
  if (tables.teams.Contains(team.name())) {
    return Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS",
                  absl::StrCat(team.name(), " exists already"), "team.name");
  }
  status = CheckMembers(tables, team);
  status.Update(CheckWards(tables, team));
  if (!status.ok()) return status;
  team.clear_etag();
  Event event;
  event.mutable_team_created()->set_name(team.name());
  *event.mutable_team_created()->mutable_team() = std::move(team);
  return event;
}

}  // namespace ccfa::routing
