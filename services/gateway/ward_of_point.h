#pragma once

#include <string>

#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/core/names.h"

namespace ccfa::gateway {

/// The ward to log a call with, by its code: as it was named, else the one that its point lies in,
/// so that the call is seen there before anybody has screened it (F78). Routing places it by the
/// point all the same. Empty where the point lies near an edge or elsewhere, or nobody can say.
template <class Services>
std::string WardFor(Services& services, const intake::v1::LogCallRequest& call) {
  const intake::v1::CallDetails& details = call.details();
  if (!details.ward().empty() || !details.place().has_point()) return details.ward();
  routing::v1::LocateRequest request;
  request.set_lat(details.place().point().lat());
  request.set_lon(details.place().point().lon());
  auto location = services.template Ask<routing::v1::Location>(request);
  const bool is_clear =
      location.ok() && location->council() == call.parent() && !location->near_edge();
  return is_clear ? std::string(LastId(location->ward())) : "";
}

}  // namespace ccfa::gateway
