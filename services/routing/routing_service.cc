#include "services/routing/routing_service.h"

#include "common/rpc/commands.h"
#include "services/routing/domain/decide.h"

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

Reactor* RoutingService::RegisterWard(Context* context, const v1::RegisterWardRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::RetireWard(Context* context, const v1::RetireWardRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::RegisterArea(Context* context, const v1::RegisterAreaRequest* request,
                                      Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::RegisterPostcodes(Context* context,
                                           const v1::RegisterPostcodesRequest* request,
                                           Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::RegisterAgency(Context* context, const v1::RegisterAgencyRequest* request,
                                        Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::RecordAgreement(Context* context,
                                         const v1::RecordAgreementRequest* request,
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

Reactor* RoutingService::ChangeTeam(Context* context, const v1::ChangeTeamRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

Reactor* RoutingService::AssignCall(Context* context, const v1::AssignCallRequest* request,
                                    Receipt* receipt) {
  return rpc::Run<v1::Event, Tables>(engines_, context, request, receipt);
}

}  // namespace ccfa::routing
