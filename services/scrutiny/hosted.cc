#include "services/scrutiny/hosted.h"

#include "services/scrutiny/reactions.h"
#include "services/scrutiny/scrutiny_service.h"

namespace ccfa::scrutiny {

std::unique_ptr<host::Service> NewService() {
  return std::make_unique<host::DeciderWith<Rules, ScrutinyService>>(
      host::Service::Description{"scrutiny", kTopic, {"ccfa.routing.v1", "ccfa.sara.v1"}});
}

}  // namespace ccfa::scrutiny
