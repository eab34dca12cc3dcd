#include "services/sara/hosted.h"

#include "services/sara/reactions.h"
#include "services/sara/sara_service.h"

namespace ccfa::sara {

std::unique_ptr<host::Service> NewService() {
  return std::make_unique<host::DeciderWith<Rules, SaraService>>(host::Service::Description{
      "sara", kTopic, {"ccfa.intake.v1", "ccfa.routing.v1", kTopic, "ccfa.scrutiny.v1"}});
}

}  // namespace ccfa::sara
