#include "services/routing/domain/evolve.h"

#include "absl/strings/str_cat.h"
#include "services/routing/domain/postcode.h"

namespace ccfa::routing {
namespace {

using engine::Record;

template <class Row>
Row Stamped(Row row, const Record& record) {
  row.set_etag(absl::StrCat(record.seq()));
  return row;
}

/// The boundary that a ward has is kept by its vintage, unless it is corrected within that vintage.
void KeepVintage(Tables& tables, const std::string& name, const std::string& next) {
  auto ward = tables.wards.Get(name);
  auto boundary = tables.boundaries.Get(name);
  if (!ward || !boundary || ward->vintage().empty() || ward->vintage() == next) return;
  tables.vintages.Put(Tables::VintageKey(name, ward->vintage()), *boundary);
}

void On(Tables& tables, const v1::WardRegistered& registered, const Record& record) {
  v1::Ward ward = Stamped(registered.ward(), record);
  KeepVintage(tables, ward.name(), ward.vintage());
  tables.boundaries.Put(ward.name(), ward.boundary());
  ward.clear_boundary();
  tables.wards.Put(ward.name(), ward);
  tables.boundary_version.Increment();
}

void On(Tables& tables, const v1::WardRetired& retired, const Record& record) {
  KeepVintage(tables, retired.name(), "");
  v1::Ward ward = tables.wards.Get(retired.name()).value_or(v1::Ward());
  ward.set_retired(retired.reason());
  tables.wards.Put(retired.name(), Stamped(ward, record));
  tables.boundaries.Delete(retired.name());
  tables.boundary_version.Increment();
}

void On(Tables& tables, const v1::AreaRegistered& registered, const Record& record) {
  v1::Area area = Stamped(registered.area(), record);
  tables.area_boundaries.Put(area.name(), area.boundary());
  area.clear_boundary();
  tables.areas.Put(area.name(), area);
  tables.boundary_version.Increment();
}

void On(Tables& tables, const v1::PostcodesRegistered& registered) {
  for (const v1::PostcodePoint& postcode : registered.postcodes()) {
    tables.postcodes.Put(
        absl::StrCat(PlainPostcode(postcode.postcode()), "/", CouncilOf(registered.name())),
        postcode);
  }
}

void Cover(Tables& tables, const v1::Team& team, const std::string& code,
           const std::string& covered_by, const Record& record) {
  std::string name = absl::StrCat("councils/", CouncilOf(team.name()), "/wards/", code);
  v1::Ward ward = tables.wards.Get(name).value_or(v1::Ward());
  ward.set_name(name);
  ward.set_team(covered_by);
  tables.wards.Put(name, Stamped(ward, record));
}

/// The team as it is from now on, and with it who covers which ward.
void KeepTeam(Tables& tables, const v1::Team& team, const Record& record) {
  if (auto before = tables.teams.Get(team.name())) {
    for (const std::string& code : before->wards()) Cover(tables, team, code, "", record);
  }
  tables.teams.Put(team.name(), Stamped(team, record));
  for (const std::string& code : team.wards()) Cover(tables, team, code, team.name(), record);
}

/// A call counts for the team that has it.
void CountFor(Tables& tables, const std::string& call, const std::string& team) {
  auto before = tables.placements.Get(call);
  if (before && before->state() == v1::PLACEMENT_STATE_ROUTED) tables.loads.Add(before->team(), -1);
  if (!team.empty()) tables.loads.Add(team, 1);
}

void On(Tables& tables, const v1::CallEnded& ended, const Record& record) {
  CountFor(tables, ended.name(), "");
  v1::Placement placement = tables.placements.Get(ended.name()).value_or(v1::Placement());
  placement.set_state(v1::PLACEMENT_STATE_ENDED);
  tables.placements.Put(ended.name(), Stamped(placement, record));
  tables.waiting.Delete(ended.name());
}

void On(Tables& tables, const v1::CallResumed& resumed, const Record& record) {
  CountFor(tables, resumed.name(), resumed.team());
  v1::Placement placement = tables.placements.Get(resumed.name()).value_or(v1::Placement());
  placement.set_state(v1::PLACEMENT_STATE_ROUTED);
  tables.placements.Put(resumed.name(), Stamped(placement, record));
}

void On(Tables& tables, const v1::CallRouted& routed, const Record& record) {
  CountFor(tables, routed.name(), routed.placement().team());
  tables.placements.Put(routed.name(), Stamped(routed.placement(), record));
  tables.waiting.Delete(routed.name());
}

void On(Tables& tables, const v1::CallTriaged& triaged, const Record& record) {
  tables.placements.Put(triaged.name(), Stamped(triaged.placement(), record));
  tables.waiting.Put(triaged.name(), triaged.details());
}

void On(Tables& tables, const v1::CallReleased& released, const Record& record) {
  CountFor(tables, released.name(), "");
  v1::Placement placement = tables.placements.Get(released.name()).value_or(v1::Placement());
  placement.set_call(released.name());
  placement.set_state(v1::PLACEMENT_STATE_RELEASED);
  placement.set_note(released.reason());
  tables.placements.Put(released.name(), Stamped(placement, record));
  tables.waiting.Delete(released.name());
}

}  // namespace

void Evolve(Tables& tables, const v1::Event& event, const Record& record) {
  switch (event.event_case()) {
    case v1::Event::kCouncilRegistered: {
      const v1::Council& council = event.council_registered().council();
      return tables.councils.Put(council.name(), Stamped(council, record));
    }
    case v1::Event::kWardRegistered:
      return On(tables, event.ward_registered(), record);
    case v1::Event::kAgencyRegistered: {
      const v1::Agency& agency = event.agency_registered().agency();
      return tables.agencies.Put(agency.name(), Stamped(agency, record));
    }
    case v1::Event::kCouncillorRegistered: {
      const v1::Councillor& councillor = event.councillor_registered().councillor();
      return tables.councillors.Put(councillor.name(), Stamped(councillor, record));
    }
    case v1::Event::kTeamCreated:
      return KeepTeam(tables, event.team_created().team(), record);
    case v1::Event::kTeamChanged:
      return KeepTeam(tables, event.team_changed().team(), record);
    case v1::Event::kWardRetired:
      return On(tables, event.ward_retired(), record);
    case v1::Event::kAreaRegistered:
      return On(tables, event.area_registered(), record);
    case v1::Event::kPostcodesRegistered:
      return On(tables, event.postcodes_registered());
    case v1::Event::kCallResumed:
      return On(tables, event.call_resumed(), record);
    case v1::Event::kCallEnded:
      return On(tables, event.call_ended(), record);
    case v1::Event::kCallRouted:
      return On(tables, event.call_routed(), record);
    case v1::Event::kCallTriaged:
      return On(tables, event.call_triaged(), record);
    case v1::Event::kCallReleased:
      return On(tables, event.call_released(), record);
    case v1::Event::kCouncilConfigured:
      return tables.configs.Put(event.council_configured().name(),
                                event.council_configured().config());
    case v1::Event::kAgreementRecorded:
      return tables.agreements.Put(event.agreement_recorded().name(),
                                   event.agreement_recorded().agreement());
    case v1::Event::kReactionRefused:
    case v1::Event::kActRecorded:
      return;
    case v1::Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::routing
