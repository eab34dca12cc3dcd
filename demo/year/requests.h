#pragma once

#include <string>

#include "demo/year/year.h"

namespace ccfa::year {

/// What people ask for, in words that fit the kind of problem.

intake::v1::LogCallRequest LogOf(const Row& row);
intake::v1::AcceptCallRequest AcceptanceOf(const std::string& call, const std::string& why);

/// Everything scanning asks for, and the step to analysis.
void ScanIt(Year& year, const std::string& problem);
/// Everything analysis asks for, and the step to the response.
void AnalyseIt(Year& year, const std::string& problem);
/// An action of an agency of this kind, due in so many days; gives its name.
std::string ProposeTo(Year& year, const std::string& problem, const std::string& kind,
                      int due_days);
void AcceptIt(Year& year, const std::string& problem, const sara::v1::Action& action);
void DeclineIt(Year& year, const sara::v1::Action& action, const std::string& reason);
void CompleteIt(Year& year, const std::string& problem, const sara::v1::Action& action);
/// The step to assessment, and what it found.
void AssessIt(Year& year, const std::string& problem, sara::v1::Result result);
void CloseIt(Year& year, const std::string& problem);
void RaiseToScrutiny(Year& year, const std::string& problem, const std::string& why);
/// The tasking group says who commits what.
void CommitTo(Year& year, const std::string& problem);

scrutiny::v1::DecideReferralRequest DecisionOn(const std::string& referral,
                                               scrutiny::v1::DecisionKind kind);
/// To agencies of these kinds; gives the recommendation.
std::string RecommendTo(Year& year, const std::string& referral, const std::string& text,
                        const std::vector<std::string>& kinds);
scrutiny::v1::RespondToRecommendationRequest AnswerOf(Year& year, const std::string& recommendation,
                                                      const std::string& recipient,
                                                      scrutiny::v1::Answer answer);
void CompleteAndClose(Year& year, const std::string& referral, const std::string& recommendation,
                      const std::string& done);

/// The problem's last action.
sara::v1::Action LastAction(Year& year, const std::string& problem);

}  // namespace ccfa::year
