#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/sara/v1/events.pb.h"
#include "common/engine/service_rules.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/evolve.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

inline constexpr char kTopic[] = "ccfa.sara.v1";

/// Sara's rules as the engine runs them. Whenever
///   routing   AgencyRegistered                    then AdmitAgency
///   routing   TeamCreated, TeamChanged            then KnowTeam
///   routing   CallRouted                          then OpenProblem, and TransferProblem when it
///                                                 was with another team
///   intake    CallWithdrawn                       then DetachCall
///   intake    CallClassified, AffectedSaid, CallReopened   then ClassifyCall, CountAffected,
///                                                 ReopenForCall
///   sara      ActionDeclined, AssessmentRecorded as not achieved, ClockExpired of a stage, of the
///             answer to an action or of its grace then Raise
///   sara      CallAttached, ProblemReopened       then DetectCaseReview
///   sara      CaseReviewThresholdMet, and a recurrence        then Raise
///   sara      SustainChecked that does not hold   then ReopenProblem
///   scrutiny  ReferralDecided, declined or returned to the team    then ReturnProblem
///   scrutiny  ReferralClosed                      then CloseReferredProblem
class Rules final : public engine::ServiceRules<v1::Event, Tables> {
 public:
  Rules();

  uint64_t edition() const override { return 2; }
  absl::StatusOr<std::vector<engine::Command>> React(absl::string_view topic,
                                                     const engine::Record& record) override;
};

}  // namespace ccfa::sara
