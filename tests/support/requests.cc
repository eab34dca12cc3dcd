#include "tests/support/requests.h"

#include "absl/strings/str_cat.h"
#include "tests/support/place.h"

namespace ccfa::test_support {

intake::v1::AcceptCallRequest Acceptance(const std::string& call, const std::string& reason) {
  intake::v1::AcceptCallRequest request;
  request.set_name(call);
  request.set_reason(reason);
  request.mutable_multi_agency()->add_services("waste");
  request.mutable_multi_agency()->add_services("trading standards");
  return request;
}

sara::v1::RecordScanRequest FullScan(const std::string& problem) {
  sara::v1::RecordScanRequest request;
  request.set_name(problem);
  sara::v1::Scan& scan = *request.mutable_scan();
  scan.set_community("the people who live above the shops");
  scan.set_harm("rats and smell");
  scan.set_expectation("that the yard stays clean");
  scan.set_events("bags and mattresses are left at night");
  scan.set_recurring("every week");
  scan.set_similarity("the same yard, after closing time");
  scan.set_since("2026-05");
  scan.set_community_answer(sara::v1::ANSWER_YES);
  scan.set_harm_answer(sara::v1::ANSWER_YES);
  scan.set_expectation_answer(sara::v1::ANSWER_YES);
  scan.set_events_answer(sara::v1::ANSWER_YES);
  scan.set_recurring_answer(sara::v1::ANSWER_YES);
  scan.set_similarity_answer(sara::v1::ANSWER_YES);
  return request;
}

sara::v1::AddSourceRequest Source(const std::string& problem, const std::string& kind) {
  sara::v1::AddSourceRequest request;
  request.set_name(problem);
  request.mutable_source()->set_title(absl::StrCat("what the ", kind, " says"));
  request.mutable_source()->set_kind(kind);
  request.mutable_source()->set_grade(sara::v1::GRADE_RELIABLE);
  request.mutable_source()->set_known_gaps("says nothing of who leaves it");
  return request;
}

sara::v1::RecordAnalysisRequest FullAnalysis(const std::string& problem) {
  sara::v1::RecordAnalysisRequest request;
  request.set_name(problem);
  sara::v1::Analysis& analysis = *request.mutable_analysis();
  analysis.set_offender("traders without a waste contract");
  analysis.set_handler("the trading standards officer");
  analysis.set_target("the yard");
  analysis.set_guardian("the residents");
  analysis.set_place("behind the shops");
  analysis.set_manager("the landlord");
  analysis.set_current_response("cleared when reported");
  analysis.set_current_limits("nobody asks where it comes from");
  return request;
}

sara::v1::AddHypothesisRequest Hypothesis(const std::string& problem) {
  sara::v1::AddHypothesisRequest request;
  request.set_name(problem);
  request.set_text("the yard is open at night and nobody checks contracts");
  return request;
}

sara::v1::SetObjectiveRequest Objective(const std::string& problem, const std::string& day) {
  sara::v1::SetObjectiveRequest request;
  request.set_name(problem);
  sara::v1::Objective& objective = *request.mutable_objective();
  objective.set_metric("reports a month");
  objective.set_baseline(9);
  objective.set_baseline_date("2026-11-30");
  objective.set_target(2);
  objective.set_date(day);
  objective.set_outcome("residents use the yard again");
  objective.set_measured_by("the analyst, from the collection records");
  return request;
}

sara::v1::PlanAssessmentRequest Plan(const std::string& problem) {
  sara::v1::PlanAssessmentRequest request;
  request.set_name(problem);
  request.mutable_plan()->set_method("before and after");
  request.mutable_plan()->set_data("reports a month, against the next street");
  request.mutable_plan()->set_exit_strategy("the landlord keeps the gate");
  return request;
}

sara::v1::EnterStageRequest Entry(const std::string& problem, sara::v1::Stage stage) {
  sara::v1::EnterStageRequest request;
  request.set_name(problem);
  request.set_stage(stage);
  request.set_reason("what was asked for is there");
  return request;
}

sara::v1::ProposeActionRequest Proposal(const std::string& problem, const std::string& agency,
                                        const std::string& day) {
  sara::v1::ProposeActionRequest request;
  request.set_parent(problem);
  sara::v1::Action& action = *request.mutable_action();
  action.set_description("check the traders' waste contracts");
  action.set_hypothesis(1);
  action.set_measure("contracts seen");
  action.set_agency(agency);
  action.set_officer("reid");
  action.set_due_date(day);
  return request;
}

sara::v1::RecordAssessmentRequest Assessment(const std::string& problem, sara::v1::Result result) {
  sara::v1::RecordAssessmentRequest request;
  request.set_name(problem);
  request.mutable_assessment()->set_process("the contracts were checked");
  request.mutable_assessment()->set_impact("eight reports a month, as before");
  sara::v1::Impact& impact = *request.mutable_assessment()->add_impacts();
  impact.set_objective(1);
  impact.set_measured(8);
  impact.set_date("2027-01-11");
  impact.set_source(1);
  request.mutable_assessment()->set_result(result);
  return request;
}

scrutiny::v1::ScheduleMeetingRequest Meeting(const std::string& council, const std::string& day) {
  scrutiny::v1::ScheduleMeetingRequest request;
  request.set_parent(council);
  request.set_date(day);
  request.set_committee("Overview and Scrutiny Committee");
  return request;
}

scrutiny::v1::DecideReferralRequest Decision(const std::string& referral,
                                             scrutiny::v1::DecisionKind kind) {
  scrutiny::v1::DecideReferralRequest request;
  request.set_name(referral);
  request.mutable_decision()->set_kind(kind);
  request.mutable_decision()->set_reasons("two services tried and neither owns the yard");
  request.mutable_decision()->set_reasons_to_caller(
      "two services could each end it; they will say");
  scrutiny::v1::Criteria& criteria = *request.mutable_decision()->mutable_criteria();
  criteria.set_attempts_made("five, over three months");
  criteria.set_partner_informed_and_given_time("both, six weeks ago");
  return request;
}

scrutiny::v1::MakeRecommendationRequest Recommendation(const std::string& referral) {
  scrutiny::v1::MakeRecommendationRequest request;
  request.set_parent(referral);
  request.set_text("close the yard at night and check every contract");
  request.set_regime(scrutiny::v1::REGIME_CRIME_AND_DISORDER);
  request.add_recipients(kPolice);
  request.add_recipients(kHousing);
  return request;
}

scrutiny::v1::RespondToRecommendationRequest Yes(const std::string& recommendation,
                                                 const std::string& recipient) {
  scrutiny::v1::RespondToRecommendationRequest request;
  request.set_name(recommendation);
  request.set_recipient(recipient);
  request.set_answer(scrutiny::v1::ANSWER_ACCEPTED);
  request.set_action("a gate, closed at eight");
  request.set_owner("the area manager");
  request.set_due_date("2027-12-31");
  return request;
}

scrutiny::v1::CompleteRecommendationRequest Completion(const std::string& recommendation) {
  scrutiny::v1::CompleteRecommendationRequest request;
  request.set_name(recommendation);
  request.set_outcome("the gate is closed at night");
  return request;
}

scrutiny::v1::CloseReferralRequest Closing(const std::string& referral, bool resolved) {
  scrutiny::v1::CloseReferralRequest request;
  request.set_name(referral);
  request.set_resolved(resolved);
  request.set_done("a gate, and every contract checked");
  request.set_why("no report for a month");
  return request;
}

}  // namespace ccfa::test_support
