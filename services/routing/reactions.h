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
  Rules();

  absl::StatusOr<std::vector<engine::Command>> React(absl::string_view topic,
                                                     const engine::Record& record) override;

  /// The wards of the partition whose rules these are.
  WardMap& wards() { return wards_; }
  /// Where the other partitions' wards are; outlives the rules. Before the first step.
  void LookAround(const Atlas& atlas) { atlas_ = &atlas; }

 private:
  WardMap wards_;
  const Atlas* atlas_ = nullptr;
};

}  // namespace ccfa::routing
