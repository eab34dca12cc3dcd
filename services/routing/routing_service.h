#pragma once

#include "ccfa/routing/v1/routing.grpc.pb.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"
#include "services/routing/domain/ward_map.h"

namespace ccfa::routing {

/// gRPC in, gRPC out. The engines and their partitions' maps, in the same order, outlive it.
class RoutingService final : public v1::RoutingService::CallbackService {
 public:
  RoutingService(engine::Engines engines, std::vector<WardMap*> wards)
      : engines_(std::move(engines)), wards_(std::move(wards)) {}

  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;
  using Receipt = record::v1::Receipt;

  Reactor* RegisterCouncil(Context*, const v1::RegisterCouncilRequest*, Receipt*) override;
  Reactor* ConfigureCouncil(Context*, const v1::ConfigureCouncilRequest*, Receipt*) override;
  Reactor* GetCouncilConfig(Context*, const v1::GetCouncilConfigRequest*,
                            config::v1::CouncilConfig*) override;
  Reactor* RegisterWard(Context*, const v1::RegisterWardRequest*, Receipt*) override;
  Reactor* RetireWard(Context*, const v1::RetireWardRequest*, Receipt*) override;
  Reactor* RegisterArea(Context*, const v1::RegisterAreaRequest*, Receipt*) override;
  Reactor* RegisterPostcodes(Context*, const v1::RegisterPostcodesRequest*, Receipt*) override;
  Reactor* RegisterAgency(Context*, const v1::RegisterAgencyRequest*, Receipt*) override;
  Reactor* RecordAgreement(Context*, const v1::RecordAgreementRequest*, Receipt*) override;
  Reactor* ListAgreements(Context*, const v1::ListAgreementsRequest*,
                          v1::ListAgreementsResponse*) override;
  Reactor* RegisterCouncillor(Context*, const v1::RegisterCouncillorRequest*, Receipt*) override;
  Reactor* CreateTeam(Context*, const v1::CreateTeamRequest*, Receipt*) override;
  Reactor* ChangeTeam(Context*, const v1::ChangeTeamRequest*, Receipt*) override;
  Reactor* AssignCall(Context*, const v1::AssignCallRequest*, Receipt*) override;
  Reactor* Locate(Context*, const v1::LocateRequest*, v1::Location*) override;
  Reactor* GetCouncil(Context*, const v1::GetCouncilRequest*, v1::Council*) override;
  Reactor* ListCouncils(Context*, const v1::ListCouncilsRequest*,
                        v1::ListCouncilsResponse*) override;
  Reactor* GetWard(Context*, const v1::GetWardRequest*, v1::Ward*) override;
  Reactor* ListWards(Context*, const v1::ListWardsRequest*, v1::ListWardsResponse*) override;
  Reactor* GetTeam(Context*, const v1::GetTeamRequest*, v1::Team*) override;
  Reactor* ListTeams(Context*, const v1::ListTeamsRequest*, v1::ListTeamsResponse*) override;
  Reactor* ListAgencies(Context*, const v1::ListAgenciesRequest*,
                        v1::ListAgenciesResponse*) override;
  Reactor* ListAreas(Context*, const v1::ListAreasRequest*, v1::ListAreasResponse*) override;
  Reactor* ListGaps(Context*, const v1::ListGapsRequest*, v1::ListGapsResponse*) override;
  Reactor* RecutCalls(Context*, const v1::RecutCallsRequest*, v1::RecutCallsResponse*) override;
  Reactor* ListCouncillors(Context*, const v1::ListCouncillorsRequest*,
                           v1::ListCouncillorsResponse*) override;
  Reactor* GetPlacement(Context*, const v1::GetPlacementRequest*, v1::Placement*) override;
  Reactor* ListTriage(Context*, const v1::ListTriageRequest*, v1::ListTriageResponse*) override;

 private:
  const engine::Engines engines_;
  const std::vector<WardMap*> wards_;
};

}  // namespace ccfa::routing
