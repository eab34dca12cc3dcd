// Intake alone, one of several processes over Kafka.

#include "common/host/run.h"
#include "services/intake/hosted.h"

int main(int argc, char** argv) {
  return ccfa::host::Main(argc, argv, {"ccfa-intake", "calls: logged, screened, answered", [] {
                                         ccfa::host::Host::Services services;
                                         services.push_back(ccfa::intake::NewService());
                                         return services;
                                       }});
}
