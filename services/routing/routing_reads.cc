#include "common/calendar/date.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/identity/permissions.h"
#include "common/rpc/commands.h"
#include "common/rpc/listing.h"
#include "services/routing/gaps.h"
#include "services/routing/locate.h"
#include "services/routing/recut.h"
#include "services/routing/routing_service.h"

namespace ccfa::routing {

using Reactor = RoutingService::Reactor;

namespace {

/// How many calls a team has is a small count of a few wards: it is for staff alone, as others
/// could set it beside what is published (F59).
bool MaySeeLoads(const grpc::CallbackServerContext& context) {
  absl::StatusOr<Actor> actor = rpc::ActorOf(context);
  return actor.ok() && identity::IsStaff(actor->role);
}

}  // namespace

Reactor* RoutingService::Locate(Context* context, const v1::LocateRequest* request,
                                v1::Location* reply) {
  using Everywhere = std::vector<const Tables*>;
  return rpc::ReadAll<Tables>(engines_, context, *request, [&](const Everywhere& partitions) {
    std::vector<Layer> layers;
    for (size_t i = 0; i < partitions.size(); ++i) {
      layers.push_back(
          {partitions[i], wards_[i]->At(*partitions[i]), wards_[i]->AreasAt(*partitions[i])});
    }
    absl::StatusOr<v1::Location> location = LocationOf(layers, *request);
    if (location.ok()) *reply = *std::move(location);
    return location.status();
  });
}

Reactor* RoutingService::GetCouncilConfig(Context* context,
                                          const v1::GetCouncilConfigRequest* request,
                                          config::v1::CouncilConfig* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status name = CheckName("name", request->name(), "councils/*");
    if (!name.ok()) return name;
    if (!request->own()) *reply = config::Defaults();
    reply->set_name(request->name());
    if (auto own = tables.configs.Get(request->name())) config::SetOver(*reply, *own);
    return absl::OkStatus();
  });
}

Reactor* RoutingService::GetCouncil(Context* context, const v1::GetCouncilRequest* request,
                                    v1::Council* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::GetRow(tables.councils, "name", request->name(), "councils/*", *reply);
  });
}

Reactor* RoutingService::ListCouncils(Context* context, const v1::ListCouncilsRequest* request,
                                      v1::ListCouncilsResponse* reply) {
  using Everywhere = std::vector<const Tables*>;
  return rpc::ReadAll<Tables>(engines_, context, *request, [&](const Everywhere& partitions) {
    std::vector<const state::Table<v1::Council>*> councils;
    for (const Tables* tables : partitions) councils.push_back(&tables->councils);
    return rpc::ListMerged(councils, "councils/", *request, *reply,
                           [&] { return reply->add_councils(); });
  });
}

Reactor* RoutingService::GetWard(Context* context, const v1::GetWardRequest* request,
                                 v1::Ward* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status found =
        rpc::GetRow(tables.wards, "name", request->name(), "councils/*/wards/*", *reply);
    if (auto boundary = tables.boundaries.Get(request->name()))
      *reply->mutable_boundary() = *boundary;
    return found;
  });
}

Reactor* RoutingService::ListWards(Context* context, const v1::ListWardsRequest* request,
                                   v1::ListWardsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.wards, *request, *reply, [&] { return reply->add_wards(); });
  });
}

Reactor* RoutingService::GetTeam(Context* context, const v1::GetTeamRequest* request,
                                 v1::Team* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status found =
        rpc::GetRow(tables.teams, "name", request->name(), "councils/*/teams/*", *reply);
    if (MaySeeLoads(*context)) reply->set_load(tables.loads.Of(request->name()));
    return found;
  });
}

Reactor* RoutingService::ListTeams(Context* context, const v1::ListTeamsRequest* request,
                                   v1::ListTeamsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status listed =
        rpc::ListOfCouncil(tables.teams, *request, *reply, [&] { return reply->add_teams(); });
    if (!MaySeeLoads(*context)) return listed;
    for (v1::Team& team : *reply->mutable_teams()) team.set_load(tables.loads.Of(team.name()));
    return listed;
  });
}

Reactor* RoutingService::ListAgencies(Context* context, const v1::ListAgenciesRequest* request,
                                      v1::ListAgenciesResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.agencies, *request, *reply,
                              [&] { return reply->add_agencies(); });
  });
}

Reactor* RoutingService::ListAgreements(Context* context, const v1::ListAgreementsRequest* request,
                                        v1::ListAgreementsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.agreements, *request, *reply,
                              [&] { return reply->add_agreements(); });
  });
}

Reactor* RoutingService::ListAreas(Context* context, const v1::ListAreasRequest* request,
                                   v1::ListAreasResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.areas, *request, *reply, [&] { return reply->add_areas(); });
  });
}

Reactor* RoutingService::ListGaps(Context* context, const v1::ListGapsRequest* request,
                                  v1::ListGapsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status parent = CheckName("parent", request->parent(), "councils/*");
    if (!parent.ok()) return parent;
    absl::StatusOr<absl::CivilDay> today = calendar::ParseDate(request->date());
    if (!today.ok()) return InvalidField("date", today.status().message());
    for (v1::Gap& gap : GapsOf(tables, CouncilOf(request->parent()), *today))
      *reply->add_gaps() = std::move(gap);
    return absl::OkStatus();
  });
}

Reactor* RoutingService::RecutCalls(Context* context, const v1::RecutCallsRequest* request,
                                    v1::RecutCallsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status parent = CheckName("parent", request->parent(), "councils/*");
    if (!parent.ok()) return parent;
    auto wards = WardsOf(tables, CouncilOf(request->parent()), request->vintage());
    if (!wards.ok()) return wards.status();
    absl::StatusOr<rpc::Page> page =
        rpc::Page::Of(request->page_size(), request->page_token(),
                      absl::StrCat(request->parent(), " ", request->vintage()));
    if (!page.ok()) return page.status();
    tables.placements.Scan(request->parent() + "/", page->after(),
                           [&](absl::string_view call, const v1::Placement& placement) {
                             if (!placement.has_point()) return true;
                             if (!page->Take(call)) return false;
                             *reply->add_calls() = Recut(**wards, placement);
                             return true;
                           });
    reply->set_next_page_token(page->NextToken());
    return absl::OkStatus();
  });
}

Reactor* RoutingService::ListCouncillors(Context* context,
                                         const v1::ListCouncillorsRequest* request,
                                         v1::ListCouncillorsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.councillors, *request, *reply,
                              [&] { return reply->add_councillors(); });
  });
}

Reactor* RoutingService::GetPlacement(Context* context, const v1::GetPlacementRequest* request,
                                      v1::Placement* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::GetRow(tables.placements, "call", request->call(), "councils/*/calls/*", *reply);
  });
}

Reactor* RoutingService::ListTriage(Context* context, const v1::ListTriageRequest* request,
                                    v1::ListTriageResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status parent = CheckName("parent", request->parent(), "councils/*");
    if (!parent.ok()) return parent;
    return rpc::ListIndex(tables.placements, kTriageByCouncil, request->parent(), *request, *reply,
                          [&] { return reply->add_placements(); });
  });
}

}  // namespace ccfa::routing
