#include "demo/year/requests.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "demo/year/themes.h"

namespace ccfa::year {
namespace {

using test_support::About;
using test_support::Entry;
using test_support::WithReason;

const Theme& ThemeOfProblem(Year& year, const std::string& problem) {
  return ThemeOf(year.town().ProblemNamed(problem).category());
}

sara::v1::AddSourceRequest SourceOf(const std::string& problem, const std::string& title,
                                    const std::string& kind, const std::string& gaps) {
  auto request = About<sara::v1::AddSourceRequest>(problem);
  request.mutable_source()->set_title(title);
  request.mutable_source()->set_kind(kind);
  request.mutable_source()->set_grade(sara::v1::GRADE_FAIRLY_RELIABLE);
  request.mutable_source()->set_known_gaps(gaps);
  return request;
}

void SetTheObjective(Year& year, const std::string& problem, const Theme& theme) {
  auto request = About<sara::v1::SetObjectiveRequest>(problem);
  sara::v1::Objective& objective = *request.mutable_objective();
  objective.set_metric(theme.metric);
  objective.set_baseline(6 + year.Below(9));
  objective.set_baseline_date(year.DayAhead(-3));
  objective.set_target(2);
  objective.set_date(year.DayAhead(120));
  objective.set_outcome(absl::StrCat(theme.target, ": as it was before"));
  objective.set_measured_by("the analyst, from the calls and the agencies' own records");
  year.Do(request, year.CouncilWith(problem).coordinator);
}

bool IsLive(const sara::v1::Hypothesis& hypothesis) {
  return hypothesis.replaced_by() == 0 && hypothesis.rejected().empty();
}

}  // namespace

intake::v1::LogCallRequest LogOf(const Row& row) {
  intake::v1::LogCallRequest request;
  request.set_parent(row.council);
  *request.mutable_details() = row.details;
  if (request.details().standing() == intake::v1::STANDING_UNSPECIFIED)
    request.mutable_details()->set_standing(intake::v1::STANDING_LIVES_IN_WARD);
  if (request.details().regime() == intake::v1::REGIME_UNSPECIFIED)
    request.mutable_details()->set_regime(ThemeOf(row.details.category()).regime);
  return request;
}

intake::v1::AcceptCallRequest AcceptanceOf(const std::string& call, const std::string& why) {
  auto request = WithReason<intake::v1::AcceptCallRequest>(call, why);
  request.mutable_multi_agency()->add_services("police");
  request.mutable_multi_agency()->add_services("environmental services");
  request.mutable_multi_agency()->set_recurring(true);
  request.mutable_multi_agency()->set_why("one service alone has tried, and it came back");
  return request;
}

void ScanIt(Year& year, const std::string& problem) {
  const Theme& theme = ThemeOfProblem(year, problem);
  const std::string& coordinator = year.CouncilWith(problem).coordinator;
  auto request = About<sara::v1::RecordScanRequest>(problem);
  sara::v1::Scan& scan = *request.mutable_scan();
  scan.set_community(theme.target);
  scan.set_harm(absl::StrCat("it falls on ", theme.target));
  scan.set_expectation("residents asked two services before they came to the councillor");
  scan.set_events(year.town().ProblemNamed(problem).title());
  scan.set_recurring("most weeks, by the calls and the services' own logs");
  scan.set_similarity(absl::StrCat("the same spot: ", theme.place));
  scan.set_since(year.DayAhead(-60).substr(0, 7));
  scan.set_community_answer(sara::v1::ANSWER_YES);
  scan.set_harm_answer(sara::v1::ANSWER_YES);
  scan.set_expectation_answer(sara::v1::ANSWER_YES);
  scan.set_events_answer(sara::v1::ANSWER_YES);
  scan.set_recurring_answer(sara::v1::ANSWER_YES);
  scan.set_similarity_answer(sara::v1::ANSWER_YES);
  year.Do(request, coordinator);
  year.Do(Entry(problem, sara::v1::STAGE_ANALYSIS), coordinator);
}

void AnalyseIt(Year& year, const std::string& problem) {
  const Theme& theme = ThemeOfProblem(year, problem);
  const std::string& coordinator = year.CouncilWith(problem).coordinator;
  year.Do(SourceOf(problem, "the police's log of the last six months", "police-recorded",
                   "nothing that nobody reported"),
          coordinator);
  year.Do(SourceOf(problem, "a walk round with residents", "site-visit", "one evening only"),
          coordinator);
  auto request = About<sara::v1::RecordAnalysisRequest>(problem);
  sara::v1::Analysis& analysis = *request.mutable_analysis();
  analysis.set_offender(theme.offender);
  analysis.set_handler(theme.handler);
  analysis.set_target(theme.target);
  analysis.set_guardian(theme.guardian);
  analysis.set_place(theme.place);
  analysis.set_manager(theme.manager);
  analysis.set_current_response(theme.today);
  analysis.set_current_limits(theme.limits);
  year.Do(request, coordinator);
  sara::v1::Problem known = year.town().ProblemNamed(problem);
  if (absl::c_none_of(known.hypotheses(), IsLive)) {
    auto hypothesis = About<sara::v1::AddHypothesisRequest>(problem);
    hypothesis.set_text(theme.hypothesis);
    year.Do(hypothesis, coordinator);
  }
  if (known.objectives().empty()) SetTheObjective(year, problem, theme);
  auto plan = About<sara::v1::PlanAssessmentRequest>(problem);
  plan.mutable_plan()->set_method("before and after, beside the next street");
  plan.mutable_plan()->set_data("the calls, and the agencies' own records");
  plan.mutable_plan()->set_exit_strategy(absl::StrCat(theme.manager, " keeps it up"));
  year.Do(plan, coordinator);
  year.Do(Entry(problem, sara::v1::STAGE_RESPONSE), coordinator);
}

std::string ProposeTo(Year& year, const std::string& problem, const std::string& kind,
                      int due_days) {
  const Theme& theme = ThemeOfProblem(year, problem);
  const Council& council = year.CouncilWith(problem);
  const sara::v1::Problem known = year.town().ProblemNamed(problem);
  int hypothesis = 0;
  for (const sara::v1::Hypothesis& each : known.hypotheses()) {
    if (IsLive(each)) hypothesis = each.number();
  }
  sara::v1::ProposeActionRequest request;
  request.set_parent(problem);
  sara::v1::Action& action = *request.mutable_action();
  action.set_description(theme.action);
  action.set_hypothesis(hypothesis);
  action.set_measure(theme.measure);
  action.set_agency(council.agencies.at(kind));
  action.set_officer(council.OfficerIdOf(action.agency()));
  action.set_due_date(year.DayAhead(due_days));
  return year.Do(request, council.coordinator);
}

void AcceptIt(Year& year, const std::string& problem, const sara::v1::Action& action) {
  year.Do(About<sara::v1::AcceptActionRequest>(action.name()),
          year.CouncilWith(problem).OfficerOf(action.agency()));
}

void DeclineIt(Year& year, const sara::v1::Action& action, const std::string& reason) {
  year.Do(WithReason<sara::v1::DeclineActionRequest>(action.name(), reason),
          year.CouncilWith(action.name()).OfficerOf(action.agency()));
}

void CompleteIt(Year& year, const std::string& problem, const sara::v1::Action& action) {
  auto request = About<sara::v1::CompleteActionRequest>(action.name());
  request.set_result(ThemeOfProblem(year, problem).result);
  year.Do(request, year.CouncilWith(problem).OfficerOf(action.agency()));
}

void AssessIt(Year& year, const std::string& problem, sara::v1::Result result) {
  const std::string& coordinator = year.CouncilWith(problem).coordinator;
  sara::v1::Problem known = year.town().ProblemNamed(problem);
  if (known.stage() != sara::v1::STAGE_ASSESSMENT)
    year.Do(Entry(problem, sara::v1::STAGE_ASSESSMENT), coordinator);
  auto request = About<sara::v1::RecordAssessmentRequest>(problem);
  sara::v1::Assessment& assessment = *request.mutable_assessment();
  assessment.set_process(ThemeOfProblem(year, problem).result);
  assessment.set_result(result);
  for (const sara::v1::Objective& objective : known.objectives()) {
    sara::v1::Impact& impact = *assessment.add_impacts();
    double measured = result == sara::v1::RESULT_ELIMINATED ? 0
                      : result == sara::v1::RESULT_REDUCED  ? objective.target() + 1
                                                            : objective.baseline();
    impact.set_objective(objective.number());
    impact.set_measured(measured);
    impact.set_date(year.DayAhead(0));
    impact.set_source(1);
    assessment.set_impact(
        absl::StrCat(measured, " ", objective.metric(), ", ", objective.baseline(), " before"));
  }
  year.Do(request, coordinator);
}

void CloseIt(Year& year, const std::string& problem) {
  const Theme& theme = ThemeOfProblem(year, problem);
  auto request = About<sara::v1::CloseProblemRequest>(problem);
  request.set_done(theme.result);
  request.set_why("what was measured says so, and the caller was asked");
  year.Do(request, year.CouncilWith(problem).coordinator);
}

void RaiseToScrutiny(Year& year, const std::string& problem, const std::string& why) {
  sara::v1::Problem known = year.town().ProblemNamed(problem);
  auto request = WithReason<sara::v1::RaiseProblemRequest>(problem, why);
  request.set_to(sara::v1::RUNG_SCRUTINY);
  year.Do(request, CouncillorActor(known.call_facts(0).councillor()));
}

void CommitTo(Year& year, const std::string& problem) {
  const Council& council = year.CouncilWith(problem);
  const std::string& agency = council.agencies.at("council");
  auto request = About<sara::v1::CommitResourcesRequest>(problem);
  request.set_answer("paid for from the safer streets budget");
  sara::v1::Commitment& commitment = *request.add_commitments();
  commitment.set_agency(agency);
  commitment.set_what(ThemeOfProblem(year, problem).action);
  commitment.set_by_date(year.DayAhead(60));
  commitment.set_officer(council.OfficerIdOf(agency));
  year.Do(request, council.tasking);
}

scrutiny::v1::DecideReferralRequest DecisionOn(const std::string& referral,
                                               scrutiny::v1::DecisionKind kind) {
  auto request = About<scrutiny::v1::DecideReferralRequest>(referral);
  scrutiny::v1::Decision& decision = *request.mutable_decision();
  decision.set_kind(kind);
  decision.set_reasons("the committee weighed what was tried and who could still end it");
  decision.set_reasons_to_caller("the committee read what was tried; you hear what comes next");
  decision.mutable_criteria()->set_attempts_made("as the referral pack shows");
  decision.mutable_criteria()->set_partner_informed_and_given_time("yes, by the team");
  return request;
}

std::string RecommendTo(Year& year, const std::string& referral, const std::string& text,
                        const std::vector<std::string>& kinds) {
  const Council& council = year.CouncilWith(referral);
  scrutiny::v1::MakeRecommendationRequest request;
  request.set_parent(referral);
  request.set_text(text);
  scrutiny::v1::Regime regime = year.town().ReferralNamed(referral).regime();
  request.set_regime(regime == scrutiny::v1::REGIME_OTHER_MATTER
                         ? scrutiny::v1::REGIME_OTHER_MATTER
                         : scrutiny::v1::REGIME_CRIME_AND_DISORDER);
  for (const std::string& kind : kinds) request.add_recipients(council.agencies.at(kind));
  return year.Do(request, council.scrutiny);
}

scrutiny::v1::RespondToRecommendationRequest AnswerOf(Year& year, const std::string& recommendation,
                                                      const std::string& recipient,
                                                      scrutiny::v1::Answer answer) {
  auto request = About<scrutiny::v1::RespondToRecommendationRequest>(recommendation);
  request.set_recipient(recipient);
  request.set_answer(answer);
  if (answer != scrutiny::v1::ANSWER_ACCEPTED)
    request.set_reasons("there is no budget for the whole of it this year");
  if (answer != scrutiny::v1::ANSWER_REJECTED) {
    request.set_action(answer == scrutiny::v1::ANSWER_IN_PART ? "the first half, by the summer"
                                                              : "as recommended");
    request.set_owner("the head of operations");
    request.set_due_date(year.DayAhead(120));
  }
  return request;
}

void CompleteAndClose(Year& year, const std::string& referral, const std::string& recommendation,
                      const std::string& done) {
  const std::string& scrutiny = year.CouncilWith(referral).scrutiny;
  bool rejected = year.town().RecommendationNamed(recommendation).state() ==
                  scrutiny::v1::RECOMMENDATION_STATE_REJECTED;
  if (!rejected) {
    auto complete = About<scrutiny::v1::CompleteRecommendationRequest>(recommendation);
    complete.set_outcome(done);
    year.Do(complete, scrutiny);
  }
  auto close = About<scrutiny::v1::CloseReferralRequest>(referral);
  close.set_resolved(!rejected);
  close.set_done(rejected ? "recommended, and rejected by those asked" : done);
  close.set_why(rejected ? "nobody can be made to do it" : "no report for a month");
  year.Do(close, scrutiny);
}

sara::v1::Action LastAction(Year& year, const std::string& problem) {
  sara::v1::Problem known = year.town().ProblemNamed(problem);
  return known.actions().empty() ? sara::v1::Action() : *known.actions().rbegin();
}

}  // namespace ccfa::year
