// Stories with overview and scrutiny: a whole review, answers in part and late, case reviews.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "demo/year/requests.h"
#include "demo/year/stories.h"

namespace ccfa::year {
namespace {

using test_support::About;
using test_support::WithReason;

/// Raised to scrutiny by its councillor; gives the referral, which the committee will accept.
std::string RaiseIt(Year& year, const std::string& problem, const std::string& why) {
  year.Reserve(problem);
  RaiseToScrutiny(year, problem, why);
  return year.town().Story(year.town().ProblemNamed(problem).calls(0)).referral();
}

bool IsInReview(Year& year, const std::string& referral) {
  return year.town().ReferralNamed(referral).state() == scrutiny::v1::REFERRAL_STATE_IN_REVIEW;
}

void Scope(Year& year, const std::string& review, const std::vector<std::string>& panel) {
  auto scope = About<scrutiny::v1::ScopeReviewRequest>(review);
  scope.set_terms_of_reference("why the crossing is not safe, and who could make it so");
  scope.add_questions("who owns the signals?");
  scope.add_questions("what would make drivers slow?");
  for (const std::string& member : panel) scope.add_panel(member);
  scope.set_start_date(year.DayAhead(1));
  scope.set_end_date(year.DayAhead(90));
  year.Do(scope, year.CouncilWith(review).scrutiny);
  auto declare = About<scrutiny::v1::DeclareInterestRequest>(review);
  declare.set_member(panel.front());
  declare.set_stand(scrutiny::v1::STAND_STAYS);
  declare.set_words("lives two streets away");
  year.Do(declare, year.CouncilWith(review).scrutiny);
}

/// Who else hears or is heard: a co-optee, the neighbours' committee, a witness, an officer.
void Widen(Year& year, const std::string& review) {
  const Council& council = year.CouncilWith(review);
  auto opt = About<scrutiny::v1::CoOptMemberRequest>(review);
  opt.set_member("parents-of-the-school");
  opt.set_expertise("how children get to school");
  opt.set_term_ends(year.DayAhead(120));
  year.Do(opt, council.scrutiny);
  auto join = About<scrutiny::v1::JoinCommitteeRequest>(review);
  join.set_council(kCollingbridge);
  join.set_committee("Safer Communities");
  join.set_consent_by("its chair");
  join.set_consent_date(year.DayAhead(0));
  year.Do(join, council.scrutiny);
  auto call = About<scrutiny::v1::CallWitnessRequest>(review);
  call.set_who("the crossing patrol");
  call.set_organisation("the school");
  call.set_why("what is seen every morning");
  year.Do(call, council.scrutiny);
  scrutiny::v1::RequestAttendanceRequest invite;
  invite.set_parent(review);
  invite.set_agency(council.agencies.at("police"));
  invite.set_who("the roads inspector");
  invite.set_date(year.DayAhead(25));
  invite.set_why("what enforcement could do");
  auto attend =
      About<scrutiny::v1::AnswerAttendanceRequestRequest>(year.Do(invite, council.scrutiny));
  attend.set_attends(true);
  attend.set_officer(council.OfficerIdOf(invite.agency()));
  year.Do(attend, council.OfficerOf(invite.agency()));
}

void AskThePolice(Year& year, const std::string& review) {
  const Council& council = year.CouncilWith(review);
  const std::string& police = council.agencies.at("police");
  scrutiny::v1::RequestInformationRequest ask;
  ask.set_parent(review);
  ask.set_agency(police);
  ask.set_what("collisions and near misses a month since January");
  ask.set_why("is it growing?");
  ask.set_due_date(year.DayAhead(14));
  auto answer =
      About<scrutiny::v1::AnswerInformationRequestRequest>(year.Do(ask, council.scrutiny));
  answer.set_text("two in January, three in February, five in March");
  answer.set_depersonalised(true);
  year.Do(answer, council.OfficerOf(police));
  ask.set_identifiable(true);
  ask.set_why_identified("to invite those who reported them");
  auto refuse =
      About<scrutiny::v1::RefuseInformationRequestRequest>(year.Do(ask, council.scrutiny));
  refuse.set_ground(scrutiny::v1::REFUSAL_GROUND_PREJUDICES_LEGAL_PROCEEDINGS);
  refuse.set_words("one of them is a witness in a trial");
  year.Do(refuse, council.OfficerOf(police));
}

void HearAndReport(Year& year, const std::string& review, const std::vector<std::string>& panel) {
  const std::string& scrutiny = year.CouncilWith(review).scrutiny;
  auto session = About<scrutiny::v1::RecordSessionRequest>(review);
  session.set_date(year.DayAhead(0));
  session.add_attended("the panel");
  session.set_heard("the signals belong to one body and their timing to another");
  year.Do(session, scrutiny);
  auto evidence = About<scrutiny::v1::AddReviewEvidenceRequest>(review);
  evidence.set_title("photographs of one week");
  evidence.set_uri("https://council.example/photos/crossing");
  evidence.set_shows("cars on red at a quarter to nine");
  year.Do(evidence, scrutiny);
  auto report = About<scrutiny::v1::PublishReportRequest>(review);
  report.set_summary("nobody owned the crossing as a whole");
  for (int number = 1; number <= 2; ++number) {
    auto& answer = *report.add_answers();
    answer.set_number(number);
    answer.set_answer(number == 1 ? "two bodies, each a half" : "a longer green for children");
  }
  for (const std::string& member : panel) {
    auto& vote = *report.add_votes();
    vote.set_member(member);
    vote.set_ballot(scrutiny::v1::BALLOT_FOR);
  }
  year.Do(report, scrutiny);
}

std::string Answer(Year& year, const std::string& recommendation, int recipient,
                   scrutiny::v1::Answer answer) {
  std::string who =
      year.town().RecommendationNamed(recommendation).responses(recipient).recipient();
  return year.Do(AnswerOf(year, recommendation, who, answer),
                 year.CouncilWith(recommendation).OfficerOf(who));
}

std::string ApplyForReview(Year& year, const Council& council, const std::vector<int>& days_ago) {
  scrutiny::v1::ApplyForCaseReviewRequest apply;
  apply.set_parent(council.name);
  apply.set_applicant(scrutiny::v1::APPLICANT_COUNCILLOR);
  apply.set_reference(absl::StrCat("ASB-26-", days_ago.size()));
  apply.set_consent("in writing");
  for (int days : days_ago) {
    scrutiny::v1::Complaint& complaint = *apply.add_complaints();
    complaint.set_behaviour_date(year.DayAhead(-days));
    complaint.set_complaint_date(year.DayAhead(1 - days));
    complaint.set_to("police");
  }
  std::string review = year.Do(apply, CouncillorActor(council.wards.front().councillors.front()));
  year.Do(About<scrutiny::v1::AcknowledgeCaseReviewRequest>(review), council.scrutiny);
  return review;
}

void DecideThreshold(Year& year, const std::string& review, bool met, const std::string& actor) {
  auto decide = About<scrutiny::v1::DecideCaseReviewRequest>(review);
  decide.set_met(met);
  decide.set_reasons(met ? "three complaints qualify" : "one complaint qualifies, and three must");
  year.Do(decide, actor);
}

}  // namespace

Life ReviewToRecommendations(Year& year) {
  co_await year.On(absl::CivilDay(2026, 3, 12));
  const Council& council = year.places().Of(kRiverton);
  std::string problem = ProblemInResponse(
      year, StoryRow(year, kRiverton, 6, "school-crossing", "Cars run the lights at the crossing"));
  const std::string referral = RaiseIt(year, problem, "two bodies own half of the lights each");
  while (!IsInReview(year, referral)) co_await year.Days(5);
  const std::string review = absl::StrReplaceAll(referral, {{"/referrals/", "/reviews/"}});
  // Nobody who chairs or sits on the problem's team.
  const std::string team = year.town().ProblemNamed(problem).team();
  std::vector<std::string> panel;
  for (const Ward& ward : council.wards) {
    if (ward.team != team && panel.size() < 3) panel.push_back(ward.councillors.back());
  }
  Scope(year, review, panel);
  co_await year.Days(5);
  Widen(year, review);
  AskThePolice(year, review);
  co_await year.Days(20);
  HearAndReport(year, review, panel);
  const std::string recommendation = RecommendTo(
      year, referral, "one body sets the timing, the other pays", {"council", "police"});
  co_await year.Days(12);
  Answer(year, recommendation, 0, scrutiny::v1::ANSWER_ACCEPTED);
  Answer(year, recommendation, 1, scrutiny::v1::ANSWER_ACCEPTED);
  co_await year.Days(40);
  CompleteAndClose(year, referral, recommendation, "the green is eight seconds longer");
}

Life PartialResponse(Year& year) {
  co_await year.On(absl::CivilDay(2026, 4, 7));
  std::string problem = ProblemInResponse(
      year,
      StoryRow(year, kSandford, 6, "unlit-bridge", "The footbridge is dark and steps are loose"));
  const std::string referral = RaiseIt(year, problem, "district and landlord point at each other");
  while (!IsInReview(year, referral)) co_await year.Days(5);
  const std::string recommendation =
      RecommendTo(year, referral, "light the bridge, and mend its steps", {"council", "housing"});
  co_await year.Days(15);
  Answer(year, recommendation, 0, scrutiny::v1::ANSWER_IN_PART);
  Answer(year, recommendation, 1, scrutiny::v1::ANSWER_REJECTED);
  co_await year.Days(30);
  CompleteAndClose(year, referral, recommendation, "the lamps work; the steps wait for the spring");
}

Life OverdueAnswer(Year& year) {
  co_await year.On(absl::CivilDay(2026, 5, 19));
  std::string problem = ProblemInResponse(
      year, StoryRow(year, kCollingbridge, 3, "loan-sharks", "Doorstep lenders frighten tenants"));
  const std::string referral = RaiseIt(year, problem, "three agencies know a part of it each");
  while (!IsInReview(year, referral)) co_await year.Days(5);
  const std::string recommendation =
      RecommendTo(year, referral, "a joint operation, and a named contact", {"police", "housing"});
  co_await year.Days(10);
  Answer(year, recommendation, 0, scrutiny::v1::ANSWER_ACCEPTED);
  // Longer than the law gives.
  co_await year.Days(70);
  const std::string late = year.town().RecommendationNamed(recommendation).responses(1).recipient();
  auto chase = About<scrutiny::v1::ChaseRecipientRequest>(recommendation);
  chase.set_recipient(late);
  chase.set_note("rang the area manager: it is on the desk");
  year.Do(chase, year.CouncilWith(referral).scrutiny);
  co_await year.Days(6);
  Answer(year, recommendation, 1, scrutiny::v1::ANSWER_ACCEPTED);
}

Life CaseReviewHeld(Year& year) {
  co_await year.On(absl::CivilDay(2026, 6, 16));
  const Council& council = year.places().Of(kRiverton);
  const std::string review = ApplyForReview(year, council, {75, 45, 12});
  co_await year.Days(4);
  DecideThreshold(year, review, true, council.scrutiny);
  co_await year.Days(15);
  auto hold = About<scrutiny::v1::HoldCaseReviewRequest>(review);
  hold.set_date(year.DayAhead(0));
  hold.add_attended("police");
  hold.add_attended("the landlord");
  hold.set_victim_offered(true);
  hold.set_victim_attended(true);
  hold.add_recommendations("a named officer, and a camera over the landing");
  hold.set_told("at the review, and by letter");
  year.Do(hold, council.scrutiny);
}

Life CaseReviewAppealed(Year& year) {
  co_await year.On(absl::CivilDay(2026, 9, 8));
  const Council& council = year.places().Of(kCollingbridge);
  const std::string review = ApplyForReview(year, council, {20, 10});
  co_await year.Days(5);
  DecideThreshold(year, review, false, council.scrutiny);
  co_await year.Days(8);
  auto appeal = About<scrutiny::v1::AppealCaseReviewRequest>(review);
  appeal.set_grounds("the harm was not weighed");
  year.Do(appeal, CouncillorActor(council.wards.front().councillors.front()));
  co_await year.Days(6);
  DecideThreshold(year, review, false, "scrutiny:winter");
}

}  // namespace ccfa::year
