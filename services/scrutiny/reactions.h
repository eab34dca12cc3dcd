#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/scrutiny/v1/events.pb.h"
#include "common/engine/service_rules.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/evolve.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

inline constexpr char kTopic[] = "ccfa.scrutiny.v1";

/// Scrutiny's rules as the engine runs them. Whenever
///   routing  CouncilRegistered             then OpenCouncil
///   routing  AgencyRegistered              then AdmitAgency
///   routing  TeamCreated                   then LearnTeam
///   sara     ProblemRaised to scrutiny     then ReceiveReferral
class Rules final : public engine::ServiceRules<v1::Event, Tables> {
 public:
  Rules();

  absl::StatusOr<std::vector<engine::Command>> React(absl::string_view topic,
                                                     const engine::Record& record) override;
};

}  // namespace ccfa::scrutiny
