// Links that say what a thing is called, where a page has only its name.

#include "ccfa/routing/v1/routing.pb.h"
#include "common/core/names.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace routing = ccfa::routing::v1;

/// By its id where it cannot be asked for.
template <class Thing, class Request>
Cell LinkByTitle(const Visit& visit, const std::string& name) {
  Request request;
  request.set_name(name);
  auto thing = visit.Ask<Thing>(request);
  return LinkTo(name, thing.ok() ? thing->title() : "");
}

}  // namespace

Cell LinkToWard(const Visit& visit, const std::string& ward) {
  if (ward.empty()) return "";
  return LinkByTitle<routing::Ward, routing::GetWardRequest>(
      visit, absl::StrCat(visit.parent(), "/wards/", LastId(ward)));
}

Cell LinkToTeam(const Visit& visit, const std::string& team) {
  if (team.empty()) return "";
  return LinkByTitle<routing::Team, routing::GetTeamRequest>(visit, team);
}

}  // namespace ccfa::gateway::console
