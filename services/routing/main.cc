// Routing alone, one of several processes over Kafka.

#include "common/host/run.h"
#include "services/routing/hosted.h"

int main(int argc, char** argv) {
  return ccfa::host::Main(argc, argv,
                          {"ccfa-routing", "whose a call is: wards, teams, placements", [] {
                             ccfa::host::Host::Services services;
                             services.push_back(ccfa::routing::NewService());
                             return services;
                           }});
}
