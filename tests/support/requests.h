#pragma once

#include <string>

#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"

namespace ccfa::test_support {

/// Requests that say all their gates ask for. Days are YYYY-MM-DD.
intake::v1::AcceptCallRequest Acceptance(const std::string& call, const std::string& reason);
sara::v1::RecordScanRequest FullScan(const std::string& problem);
sara::v1::AddSourceRequest Source(const std::string& problem, const std::string& kind);
sara::v1::RecordAnalysisRequest FullAnalysis(const std::string& problem);
sara::v1::AddHypothesisRequest Hypothesis(const std::string& problem);
sara::v1::SetObjectiveRequest Objective(const std::string& problem, const std::string& day);
sara::v1::PlanAssessmentRequest Plan(const std::string& problem);
sara::v1::EnterStageRequest Entry(const std::string& problem, sara::v1::Stage stage);
sara::v1::ProposeActionRequest Proposal(const std::string& problem, const std::string& agency,
                                        const std::string& day);
sara::v1::RecordAssessmentRequest Assessment(const std::string& problem, sara::v1::Result result);

scrutiny::v1::ScheduleMeetingRequest Meeting(const std::string& council, const std::string& day);
scrutiny::v1::DecideReferralRequest Decision(const std::string& referral,
                                             scrutiny::v1::DecisionKind kind);
/// To the police and housing of the small place.
scrutiny::v1::MakeRecommendationRequest Recommendation(const std::string& referral);
scrutiny::v1::RespondToRecommendationRequest Yes(const std::string& recommendation,
                                                 const std::string& recipient);
scrutiny::v1::CompleteRecommendationRequest Completion(const std::string& recommendation);
scrutiny::v1::CloseReferralRequest Closing(const std::string& referral, bool resolved);

}  // namespace ccfa::test_support
