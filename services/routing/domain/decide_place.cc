#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/policy.h"
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

/// Finds the call's ward: by its point; by the ward the caller named where there is no point.
/// Leaves the placement in triage, with the reason, when neither answers.
void FindWard(const Policy& policy, const PlaceCall& place, Placement& placement) {
  const intake::v1::CallDetails& details = place.details;
  absl::string_view council = CouncilOf(placement.call());
  placement.set_ward_given(details.ward());
  if (!details.place().has_point()) {
    if (details.ward().empty()) {
      return ToTriage(placement, v1::TRIAGE_REASON_NO_LOCATION,
                      "The call has neither a point nor a ward.");
    }
    placement.set_ward(details.ward());
    return;
  }
  const geo::Point point{details.place().point().lat(), details.place().point().lon()};
  std::vector<geo::Hit> hits = DeepestFirst(*place.map, point);
  auto ours = std::find_if(hits.begin(), hits.end(),
                           [&](const geo::Hit& hit) { return CouncilOf(hit.id) == council; });
  if (ours == hits.end()) return FindWhose(place, point, std::move(hits), placement);
  placement.set_ward(std::string(LastId(ours->id)));
  placement.set_edge_m(ours->distance_to_edge_m);
  placement.set_near_edge(ours->distance_to_edge_m < policy.near_edge_m());
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
  FindWard(*PolicyOf(tables, CouncilOf(place.name)), place, placement);
  if (placement.state() == v1::PLACEMENT_STATE_IN_TRIAGE) return Placed(placement, place.details);

  auto ward = tables.wards.Get(WardName(CouncilOf(place.name), placement.ward()));
  placement.set_note(NoteOf(placement));
  if (!ward || ward->team().empty()) {
    ToTriage(placement, v1::TRIAGE_REASON_NO_TEAM,
             absl::StrCat("No team covers ward ", placement.ward(), "."));
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

absl::StatusOr<Event> Decide(const Tables&, const engine::ClockDue&, const Context&) {
  return Event();  // routing runs no clocks
}

}  // namespace ccfa::routing
