#include "services/routing/routing_service.h"

#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/commands.h"
#include "common/rpc/listing.h"
#include "services/routing/domain/decide.h"
#include "services/routing/locate.h"

namespace ccfa::routing {

using Reactor = RoutingService::Reactor;
using Receipt = RoutingService::Receipt;

Reactor* RoutingService::RegisterCouncil(Context* context,
                                         const v1::RegisterCouncilRequest* request,
                                         Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::ConfigureCouncil(Context* context,
                                          const v1::ConfigureCouncilRequest* request,
                                          Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
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

Reactor* RoutingService::RegisterWard(Context* context, const v1::RegisterWardRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::RegisterAgency(Context* context, const v1::RegisterAgencyRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::RegisterCouncillor(Context* context,
                                            const v1::RegisterCouncillorRequest* request,
                                            Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::CreateTeam(Context* context, const v1::CreateTeamRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::AssignCall(Context* context, const v1::AssignCallRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::Locate(Context* context, const v1::LocateRequest* request,
                                v1::Location* reply) {
  using Everywhere = std::vector<const Tables*>;
  return rpc::ReadAll<Tables>(engines_, context, *request, [&](const Everywhere& partitions) {
    geo::Point point{request->lat(), request->lon()};
    if (absl::Status status = geo::Check(point); !status.ok()) {
      return InvalidField(status.message().substr(0, 3), status.message());
    }
    std::vector<Layer> layers;
    for (size_t i = 0; i < partitions.size(); ++i)
      layers.push_back({partitions[i], wards_[i]->At(*partitions[i])});
    *reply = LocationOf(layers, point);
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
    return rpc::GetRow(tables.teams, "name", request->name(), "councils/*/teams/*", *reply);
  });
}

Reactor* RoutingService::ListTeams(Context* context, const v1::ListTeamsRequest* request,
                                   v1::ListTeamsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.teams, *request, *reply, [&] { return reply->add_teams(); });
  });
}

Reactor* RoutingService::ListAgencies(Context* context, const v1::ListAgenciesRequest* request,
                                      v1::ListAgenciesResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.agencies, *request, *reply,
                              [&] { return reply->add_agencies(); });
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
