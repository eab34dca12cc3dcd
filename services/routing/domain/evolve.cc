#include "services/routing/domain/evolve.h"

#include "absl/strings/str_cat.h"

namespace ccfa::routing {
namespace {

using engine::Record;

template <class Row>
Row Stamped(Row row, const Record& record) {
  row.set_etag(absl::StrCat(record.seq()));
  return row;
}

void On(Tables& tables, const v1::WardRegistered& registered, const Record& record) {
  v1::Ward ward = Stamped(registered.ward(), record);
  tables.boundaries.Put(ward.name(), ward.boundary());
  ward.clear_boundary();
  tables.wards.Put(ward.name(), ward);
  tables.boundary_version.Increment();
}

void On(Tables& tables, const v1::TeamCreated& created, const Record& record) {
  tables.teams.Put(created.name(), Stamped(created.team(), record));
  for (const std::string& code : created.team().wards()) {
    std::string name = absl::StrCat("councils/", CouncilOf(created.name()), "/wards/", code);
    v1::Ward ward = tables.wards.Get(name).value_or(v1::Ward());
    ward.set_name(name);
    ward.set_team(created.name());
    tables.wards.Put(name, Stamped(ward, record));
  }
}

void On(Tables& tables, const v1::CallRouted& routed, const Record& record) {
  tables.placements.Put(routed.name(), Stamped(routed.placement(), record));
  tables.waiting.Delete(routed.name());
}

void On(Tables& tables, const v1::CallTriaged& triaged, const Record& record) {
  tables.placements.Put(triaged.name(), Stamped(triaged.placement(), record));
  tables.waiting.Put(triaged.name(), triaged.details());
}

void On(Tables& tables, const v1::CallReleased& released, const Record& record) {
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
      return On(tables, event.team_created(), record);
    case v1::Event::kCallRouted:
      return On(tables, event.call_routed(), record);
    case v1::Event::kCallTriaged:
      return On(tables, event.call_triaged(), record);
    case v1::Event::kCallReleased:
      return On(tables, event.call_released(), record);
    case v1::Event::kCouncilConfigured:
      return tables.configs.Put(event.council_configured().name(),
                                event.council_configured().config());
    case v1::Event::kReactionRefused:
      return;
    case v1::Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::routing
