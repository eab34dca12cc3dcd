// Scrutiny alone, one of several processes over Kafka.

#include "common/host/run.h"
#include "services/scrutiny/hosted.h"

int main(int argc, char** argv) {
  return ccfa::host::Main(argc, argv, {"ccfa-scrutiny", "referrals, recommendations, answers", [] {
                                         ccfa::host::Host::Services services;
                                         services.push_back(ccfa::scrutiny::NewService());
                                         return services;
                                       }});
}
