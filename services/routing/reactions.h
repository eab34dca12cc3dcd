#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/routing/v1/events.pb.h"
#include "common/engine/service_rules.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/evolve.h"
#include "services/routing/domain/ward_map.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

inline constexpr char kTopic[] = "ccfa.routing.v1";

/// Routing's rules as the engine runs them. Whenever
///   intake   CallAccepted    then PlaceCall
///   intake   CallWithdrawn   then ReleaseCall
class Rules final : public engine::ServiceRules<v1::Event, Tables> {
 public:
  explicit Rules(WardMap& wards);

  absl::StatusOr<std::vector<engine::Command>> React(absl::string_view topic,
                                                     const engine::Record& record) override;

 private:
  WardMap& wards_;
};

}  // namespace ccfa::routing
