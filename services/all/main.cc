// Every service of the Community Call for Action in one process on the embedded journal: what one
// council needs on one small machine.

#include "common/host/run.h"
#include "services/all/every_service.h"
#include "services/gateway/front.h"

int main(int argc, char** argv) {
  return ccfa::host::Main(
      argc, argv,
      {"ccfa-all", "every service of the Community Call for Action", ccfa::all::EveryService,
       /*needs_kafka=*/false, ccfa::gateway::StartFront});
}
