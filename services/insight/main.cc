// Insight alone, one of several processes over Kafka.

#include "common/host/run.h"
#include "services/insight/hosted.h"

int main(int argc, char** argv) {
  return ccfa::host::Main(argc, argv, {"ccfa-insight", "what people ask across the services", [] {
                                         ccfa::host::Host::Services services;
                                         services.push_back(ccfa::insight::NewService());
                                         return services;
                                       }});
}
