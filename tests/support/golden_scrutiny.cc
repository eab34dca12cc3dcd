#include "tests/support/golden_scrutiny.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/support/place.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

template <class Request>
Request About(const std::string& name) {
  Request request;
  request.set_name(name);
  return request;
}

/// A meeting that takes a referral for review and considers the partnership. Gives the referral.
std::string HoldAMeeting(Town& town) {
  std::string problem = ProblemInResponse(town);
  RaiseToScrutiny(town, problem);
  std::string referral = town.Story(town.ProblemNamed(problem).calls(0)).referral();
  std::string meeting = ScheduleMeeting(town, 7);
  NextDayAtNine(town, 7);
  town.Do(Decision(referral, scrutiny::v1::DECISION_KIND_ACCEPT_FOR_REVIEW), kScrutiny);
  auto considered = About<scrutiny::v1::RecordPartnershipConsideredRequest>(meeting);
  considered.set_what("the partnership's plan and what came of the last one");
  town.Do(considered, kScrutiny);
  return referral;
}

void ChaseARecipient(Town& town, const std::string& recommendation) {
  auto chase = About<scrutiny::v1::ChaseRecipientRequest>(recommendation);
  chase.set_recipient(kPolice);
  chase.set_note("rang the area desk: it is with the inspector");
  town.Do(chase, kScrutiny);
}

/// Two requests for information, one answered and one refused, and one for attendance.
void AskAgencies(Town& town, const std::string& review) {
  scrutiny::v1::RequestInformationRequest ask;
  ask.set_parent(review);
  ask.set_agency(kPolice);
  ask.set_what("reports a month since May");
  ask.set_why("is it growing?");
  ask.set_due_date(DayAhead(town, 10));
  auto answer = About<scrutiny::v1::AnswerInformationRequestRequest>(town.Do(ask, kScrutiny));
  answer.set_text("nine in May, eight in June");
  answer.set_depersonalised(true);
  town.Do(answer, kPoliceOfficer);
  ask.set_identifiable(true);
  ask.set_why_identified("to invite those who reported it");
  auto refuse = About<scrutiny::v1::RefuseInformationRequestRequest>(town.Do(ask, kScrutiny));
  refuse.set_ground(scrutiny::v1::REFUSAL_GROUND_PREJUDICES_LEGAL_PROCEEDINGS);
  refuse.set_words("one of them is a witness in a trial");
  town.Do(refuse, kPoliceOfficer);
  scrutiny::v1::RequestAttendanceRequest invite;
  invite.set_parent(review);
  invite.set_agency(kPolice);
  invite.set_who("the area inspector");
  invite.set_date(DayAhead(town, 30));
  invite.set_why("what patrols could do");
  auto attend = About<scrutiny::v1::AnswerAttendanceRequestRequest>(town.Do(invite, kScrutiny));
  attend.set_attends(true);
  attend.set_officer("reid");
  town.Do(attend, kPoliceOfficer);
}

/// A review with everything a review can have, up to its report.
void ReviewIt(Town& town, const std::string& referral) {
  std::string review = absl::StrReplaceAll(referral, {{"/referrals/", "/reviews/"}});
  auto scope = About<scrutiny::v1::ScopeReviewRequest>(review);
  scope.set_terms_of_reference("why the yard is not kept clean, and who could");
  scope.add_questions("who leaves the bags?");
  scope.add_questions("who could close the yard?");
  scope.add_panel(absl::StrCat(kCouncil, "/councillors/okafor"));
  scope.set_start_date(DayAhead(town, 1));
  scope.set_end_date(DayAhead(town, 120));
  town.Do(scope, kScrutiny);
  auto declare = About<scrutiny::v1::DeclareInterestRequest>(review);
  declare.set_member(scope.panel(0));
  declare.set_stand(scrutiny::v1::STAND_STAYS);
  declare.set_words("spoke for the traders once, and no longer does");
  town.Do(declare, kScrutiny);
  auto opt = About<scrutiny::v1::CoOptMemberRequest>(review);
  opt.set_member("victim-support");
  opt.set_expertise("victims of crime");
  opt.set_term_ends(DayAhead(town, 120));
  town.Do(opt, kScrutiny);
  auto join = About<scrutiny::v1::JoinCommitteeRequest>(review);
  join.set_council(kNeighbour);
  join.set_committee("Communities");
  join.set_consent_by("its chair");
  join.set_consent_date(DayAhead(town, 0));
  town.Do(join, kScrutiny);
  auto call = About<scrutiny::v1::CallWitnessRequest>(review);
  call.set_who("a shopkeeper of the parade");
  call.set_organisation("the traders' association");
  call.set_why("what they see at closing time");
  town.Do(call, kScrutiny);
  AskAgencies(town, review);
  auto session = About<scrutiny::v1::RecordSessionRequest>(review);
  session.set_date(DayAhead(town, 0));
  session.add_attended("the panel");
  session.set_heard("the yard is open all night");
  town.Do(session, kScrutiny);
  auto evidence = About<scrutiny::v1::AddReviewEvidenceRequest>(review);
  evidence.set_title("photographs of four weeks");
  evidence.set_uri("https://council.example/photos/4");
  evidence.set_shows("bags on every Monday");
  town.Do(evidence, kScrutiny);
  auto report = About<scrutiny::v1::PublishReportRequest>(review);
  report.set_summary("nobody owned the yard at night");
  report.add_answers()->set_number(1);
  report.mutable_answers(0)->set_answer("traders without a contract");
  report.add_answers()->set_number(2);
  report.mutable_answers(1)->set_answer("the landlord");
  report.add_votes()->set_member(scope.panel(0));
  report.mutable_votes(0)->set_ballot(scrutiny::v1::BALLOT_FOR);
  town.Do(report, kScrutiny);
}

}  // namespace

void GoEveryWayOfScrutiny(Town& town) {
  NextDayAtNine(town);
  std::string referral = HoldAMeeting(town);
  NextDayAtNine(town);
  ReviewIt(town, referral);
  std::string recommendation = town.Do(Recommendation(referral), kScrutiny);
  ChaseARecipient(town, recommendation);
}

}  // namespace ccfa::test_support
