// Sara alone, one of several processes over Kafka.

#include "common/host/run.h"
#include "services/sara/hosted.h"

int main(int argc, char** argv) {
  return ccfa::host::Main(argc, argv,
                          {"ccfa-sara", "problems and their actions, worked through SARA", [] {
                             ccfa::host::Host::Services services;
                             services.push_back(ccfa::sara::NewService());
                             return services;
                           }});
}
