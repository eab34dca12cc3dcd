#include "tests/support/golden_scrutiny.h"

#include "absl/strings/str_cat.h"
#include "tests/support/calendar.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

template <class Request>
Request About(const std::string& name) {
  Request request;
  request.set_name(name);
  return request;
}

void NextDayAtNine(Town& town, int days = 1) {
  absl::CivilDay day = EnglandAndWales().DayOf(town.Now()) + days;
  town.LiveUntil(London(static_cast<int>(day.year()), day.month(), day.day(), 9));
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

}  // namespace

void GoEveryWayOfScrutiny(Town& town) {
  NextDayAtNine(town);
  std::string referral = HoldAMeeting(town);
  NextDayAtNine(town);
  std::string recommendation = town.Do(Recommendation(referral), kScrutiny);
  ChaseARecipient(town, recommendation);
}

}  // namespace ccfa::test_support
