#include "services/intake/hosted.h"

#include "services/intake/intake_service.h"
#include "services/intake/reactions.h"

namespace ccfa::intake {

std::unique_ptr<host::Service> NewService() {
  return std::make_unique<host::DeciderWith<Rules, IntakeService>>(
      host::Service::Description{"intake",
                                 kTopic,
                                 {kTopic, "ccfa.routing.v1", "ccfa.sara.v1"},
                                 /*crosses=*/true});
}

}  // namespace ccfa::intake
