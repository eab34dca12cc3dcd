#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/intake/v1/events.pb.h"
#include "common/engine/service_rules.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/evolve.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

inline constexpr char kTopic[] = "ccfa.intake.v1";

/// Intake's rules as the engine runs them. Whenever
///   routing  CouncilRegistered, WardRegistered   then calls may be logged for it
///   routing  CouncillorRegistered                then KnowCouncillor
///   routing  CouncilConfigured                   then its rules for calls are taken up
///   intake   CallLogged, accepted at once        then AcceptCall
///   routing  AgreementRecorded                   then KnowAgreement
///   intake   CallReferredToCouncil               then that council logs it, or gives it back
///   intake   a call's end                        then CouncilAnswered, where it was referred
///   intake   a call's end                        then StartRetention, where the council sets one
///   intake   its rules, with another retention   then it begins for calls that ended before
///   intake   CouncilAnswered                     then the call that was referred has its answer
///   intake   CallLogged, with calls to recall    then RecallParked, for each
///   sara     CallAttached                        then JoinCall
///   sara     ProblemClosed                       then CloseCall, for each of its calls
class Rules final : public engine::ServiceRules<v1::Event, Tables> {
 public:
  Rules();
  absl::StatusOr<std::vector<engine::Command>> React(absl::string_view topic,
                                                     const engine::Record& record) override;
  std::string Advice(const google::protobuf::Message& event) const override;
};

}  // namespace ccfa::intake
