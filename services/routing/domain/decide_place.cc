#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/policy.h"
#include "services/routing/domain/postcode.h"
#include "services/routing/domain/register.h"
#include "services/routing/domain/ward_map.h"

namespace ccfa::routing {
namespace {

using v1::Placement;

std::string WardName(absl::string_view council, absl::string_view ward) {
  return absl::StrCat("councils/", council, "/wards/", ward);
}

void ToTriage(Placement& placement, v1::TriageReason reason, absl::string_view note) {
  placement.set_state(v1::PLACEMENT_STATE_IN_TRIAGE);
  placement.set_reason(reason);
  placement.set_note(std::string(note));
}

/// The point lies in none of the council's wards: says whose it is, where anybody's.
void FindWhose(const PlaceCall& place, geo::Point point, std::vector<geo::Hit> hits,
               Placement& placement) {
  if (place.atlas != nullptr) {
    for (const Atlas::Map& map : place.atlas->maps()) {
      for (geo::Hit& hit : map->Locate(point)) hits.push_back(std::move(hit));
    }
  }
  if (hits.empty()) {
    return ToTriage(placement, v1::TRIAGE_REASON_OUTSIDE_EVERY_WARD,
                    "The point lies in no registered ward.");
  }
  const geo::Hit& deepest = *std::min_element(hits.begin(), hits.end(), IsDeeper);
  ToTriage(placement, v1::TRIAGE_REASON_ANOTHER_COUNCIL,
           absl::StrCat("The point lies in ward ", LastId(deepest.id), " of council ",
                        CouncilOf(deepest.id), "."));
}

/// The call's point, or its postcode's.
std::optional<intake::v1::Point> WhereIs(const Tables& tables, absl::string_view council,
                                         const intake::v1::Place& place) {
  if (place.has_point()) return place.point();
  return place.postcode().empty() ? std::nullopt : PointOf(tables, council, place.postcode());
}

/// The areas of the council's other layers that have the point (F15).
void AddAreas(const Tables& tables, const PlaceCall& place, geo::Point point,
              Placement& placement) {
  if (place.areas == nullptr) return;
  for (const geo::Hit& hit : place.areas->Locate(point)) {
    if (CouncilOf(hit.id) != CouncilOf(placement.call())) continue;
    *placement.add_areas() = AreaHitOf(tables, hit.id);
    if (placement.areas_size() == kMostAreas) return;
  }
}

/// Finds the call's ward: by its point; by the ward the caller named where there is no point.
/// Leaves the placement in triage, with the reason, when neither answers.
void FindWard(const Tables& tables, const PlaceCall& place, Placement& placement) {
  const intake::v1::CallDetails& details = place.details;
  absl::string_view council = CouncilOf(placement.call());
  placement.set_ward_given(details.ward());
  std::optional<intake::v1::Point> where = WhereIs(tables, council, details.place());
  if (!where) {
    if (details.ward().empty()) {
      return ToTriage(placement, v1::TRIAGE_REASON_NO_LOCATION,
                      details.place().postcode().empty()
                          ? "The call has neither a point nor a ward."
                          : absl::StrCat("The call has neither a point nor a ward, and where ",
                                         details.place().postcode(), " lies is not registered."));
    }
    placement.set_ward(details.ward());
    return;
  }
  *placement.mutable_point() = *where;
  const geo::Point point{where->lat(), where->lon()};
  AddAreas(tables, place, point, placement);
  std::vector<geo::Hit> hits = DeepestFirst(*place.map, point);
  auto ours = std::find_if(hits.begin(), hits.end(),
                           [&](const geo::Hit& hit) { return CouncilOf(hit.id) == council; });
  if (ours == hits.end()) return FindWhose(place, point, std::move(hits), placement);
  placement.set_ward(std::string(LastId(ours->id)));
  placement.set_edge_m(ours->distance_to_edge_m);
  placement.set_near_edge(ours->distance_to_edge_m < PolicyOf(tables, council)->near_edge_m());
}

/// Where two readings differ, both are kept and somebody is told.
std::string NoteOf(const Placement& placement) {
  std::string note;
  if (placement.near_edge()) {
    note = absl::StrFormat("%.1f m from the ward's edge.", placement.edge_m());
  }
  if (!placement.ward_given().empty() && placement.ward_given() != placement.ward()) {
    absl::StrAppend(&note, note.empty() ? "" : " ", "The caller named ward ",
                    placement.ward_given(), ", the point says ", placement.ward(), ".");
  }
  return note;
}

Event Placed(Placement placement, const intake::v1::CallDetails& details) {
  Event event;
  if (placement.state() == v1::PLACEMENT_STATE_ROUTED) {
    v1::CallRouted& routed = *event.mutable_call_routed();
    routed.set_name(placement.call());
    *routed.mutable_details() = details;
    *routed.mutable_placement() = std::move(placement);
  } else {
    v1::CallTriaged& triaged = *event.mutable_call_triaged();
    triaged.set_name(placement.call());
    *triaged.mutable_details() = details;
    *triaged.mutable_placement() = std::move(placement);
  }
  return event;
}

/// The team a person asked for, or the team of the ward they asked for. Fills ward and team.
absl::Status FindTeam(const Tables& tables, const v1::AssignCallRequest& request,
                      Placement& placement) {
  absl::string_view council = CouncilOf(request.call());
  if (!request.ward().empty()) placement.set_ward(request.ward());
  std::optional<v1::Ward> ward;
  if (!placement.ward().empty()) {
    ward = tables.wards.Get(WardName(council, placement.ward()));
    if (!ward)
      return InvalidField("ward", absl::StrCat("the council has no ward ", placement.ward()));
  }
  std::string name = !request.team().empty() ? request.team() : ward ? ward->team() : "";
  if (name.empty()) return InvalidField("team", "is required: no team covers the ward");
  auto team = tables.teams.Get(name);
  if (!team || CouncilOf(name) != council) return NotFound("team", name);
  placement.set_team(name);
  if (placement.ward().empty() && team->wards_size() == 1) placement.set_ward(team->wards(0));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const PlaceCall& place, const Context&) {
  if (tables.placements.Contains(place.name)) return Event();
  Placement placement;
  placement.set_call(place.name);
  FindWard(tables, place, placement);
  if (placement.state() == v1::PLACEMENT_STATE_IN_TRIAGE) return Placed(placement, place.details);

  auto ward = tables.wards.Get(WardName(CouncilOf(place.name), placement.ward()));
  placement.set_note(NoteOf(placement));
  const int64_t most = PolicyOf(tables, CouncilOf(place.name))->most_calls_a_team();
  if (ward) placement.set_vintage(ward->vintage());
  if (ward && !ward->retired().empty()) {
    ToTriage(placement, v1::TRIAGE_REASON_WARD_RETIRED,
             absl::StrCat("Ward ", placement.ward(), " has ended: ", ward->retired()));
  } else if (!ward || ward->team().empty()) {
    ToTriage(placement, v1::TRIAGE_REASON_NO_TEAM,
             absl::StrCat("No team covers ward ", placement.ward(), "."));
  } else if (most > 0 && tables.loads.Of(ward->team()) >= most) {
    ToTriage(placement, v1::TRIAGE_REASON_TEAM_AT_LIMIT,
             absl::StrCat(ward->team(), " has ", most,
                          " calls, as many as the council lets a "
                          "team have; assign it by hand, or wait until one ends."));
  } else {
    placement.set_state(v1::PLACEMENT_STATE_ROUTED);
    placement.set_team(ward->team());
  }
  return Placed(placement, place.details);
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AssignCallRequest& request,
                             const Context&) {
  if (absl::Status call = CheckName("call", request.call(), "councils/*/calls/*"); !call.ok())
    return call;
  if (request.reason().empty()) return InvalidField("reason", "is required, in plain words");
  auto known = tables.placements.Get(request.call());
  if (!known)
    return NotFound("call",
                    absl::StrCat("placement of ", request.call(), "; is the call accepted?"));
  if (!request.etag().empty() && request.etag() != known->etag()) {
    return Refuse(
        absl::StatusCode::kAborted, "ETAG_MOVED",
        absl::StrCat("the placement of ", request.call(), " has changed since; read it again"),
        "etag");
  }
  if (known->state() == v1::PLACEMENT_STATE_RELEASED) {
    return WrongState(absl::StrCat(request.call(), " was withdrawn"));
  }
  if (known->state() == v1::PLACEMENT_STATE_ENDED) {
    return WrongState(absl::StrCat(request.call(),
                                   " was closed; a call that is not fixed after "
                                   "all is reopened first"));
  }
  Placement placement = *known;
  if (absl::Status team = FindTeam(tables, request, placement); !team.ok()) return team;
  Event event;
  if (known->team() == placement.team() && known->ward() == placement.ward()) return event;
  placement.set_state(v1::PLACEMENT_STATE_ROUTED);
  placement.clear_reason();
  placement.clear_note();
  placement.clear_etag();
  v1::CallRouted& routed = *event.mutable_call_routed();
  routed.set_name(request.call());
  routed.set_reason(request.reason());
  routed.set_from_team(known->team());
  if (auto details = tables.waiting.Get(request.call()))
    *routed.mutable_details() = *std::move(details);
  *routed.mutable_placement() = std::move(placement);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ReleaseCall& release, const Context&) {
  Event event;
  auto known = tables.placements.Get(release.name);
  if (known && known->state() == v1::PLACEMENT_STATE_RELEASED) return event;
  event.mutable_call_released()->set_name(release.name);
  event.mutable_call_released()->set_reason(release.reason);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const EndCall& end, const Context&) {
  Event event;
  auto known = tables.placements.Get(end.name);
  if (!known || known->state() == v1::PLACEMENT_STATE_RELEASED ||
      known->state() == v1::PLACEMENT_STATE_ENDED) {
    return event;
  }
  event.mutable_call_ended()->set_name(end.name);
  event.mutable_call_ended()->set_team(known->team());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ResumeCall& resume, const Context&) {
  Event event;
  auto known = tables.placements.Get(resume.name);
  if (!known || known->state() != v1::PLACEMENT_STATE_ENDED || known->team().empty()) return event;
  event.mutable_call_resumed()->set_name(resume.name);
  event.mutable_call_resumed()->set_team(known->team());
  return event;
}

absl::StatusOr<Event> Decide(const Tables&, const engine::ClockDue&, const Context&) {
  return Event();  // routing runs no clocks
}

}  // namespace ccfa::routing
