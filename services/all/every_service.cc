#include "services/all/every_service.h"

#include "services/insight/hosted.h"
#include "services/intake/hosted.h"
#include "services/routing/hosted.h"
#include "services/sara/hosted.h"
#include "services/scrutiny/hosted.h"

namespace ccfa::all {

host::Host::Services EveryService() {
  host::Host::Services services;
  services.push_back(intake::NewService());
  services.push_back(routing::NewService());
  services.push_back(sara::NewService());
  services.push_back(scrutiny::NewService());
  services.push_back(insight::NewService());
  return services;
}

}  // namespace ccfa::all
