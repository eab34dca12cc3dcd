// Stories at the door: exclusions, rulings, calls that are one, parked, or back.
#include "absl/strings/str_cat.h"
#include "demo/year/crowd.h"
#include "demo/year/requests.h"
#include "demo/year/stories.h"

namespace ccfa::year {
namespace {

using test_support::About;
using test_support::WithReason;

std::string LogOtherMatter(Year& year, size_t place, const std::string& category,
                           const std::string& summary) {
  Row row = StoryRow(year, kSandford, place, category, summary);
  row.details.set_regime(intake::v1::REGIME_OTHER_MATTER);
  return year.Do(LogOf(row), CouncillorActor(row.details.councillor()));
}

std::string CouncillorOf(Year& year, const std::string& call) {
  return CouncillorActor(year.town().CallNamed(call).details().councillor());
}

intake::v1::DeclineCallRequest DeclineBy(const std::string& call, intake::v1::ExclusionLimb limb,
                                         const std::string& reason, const std::string& evidence) {
  auto decline = WithReason<intake::v1::DeclineCallRequest>(call, reason);
  decline.mutable_exclusion()->set_limb(limb);
  decline.mutable_exclusion()->set_evidence(evidence);
  return decline;
}

void RuleOut(Year& year, const std::string& call) {
  const Council& council = year.CouncilWith(call);
  auto propose = WithReason<intake::v1::ProposeRulingRequest>(call, "the eleventh of its kind");
  propose.set_evidence("the ten before it, each answered");
  year.Do(propose, council.coordinator);
  year.Do(WithReason<intake::v1::ConfirmRulingRequest>(call, "nothing new is said"),
          council.scrutiny);
}

}  // namespace

Life DeclinedByEachLimb(Year& year) {
  co_await year.On(absl::CivilDay(2026, 2, 3));
  const std::string& coordinator = year.places().Of(kSandford).coordinator;
  std::string planning = LogOtherMatter(year, 0, "planning-condition",
                                        "The extension at the old dairy should not be allowed");
  std::string licence =
      LogOtherMatter(year, 1, "licence-hours", "The bar's new hours should be taken back");
  std::string appeal =
      LogOtherMatter(year, 2, "school-place", "Two families were refused the nearest school");
  std::string again = LogOtherMatter(year, 3, "bin-colour", "The bins are the wrong green, again");
  co_await year.Days(3);
  year.Do(DeclineBy(planning, intake::v1::EXCLUSION_LIMB_PLANNING_DECISION,
                    "the application is being decided, and the committee hears objections",
                    "SA/26/0117"),
          coordinator);
  year.Do(DeclineBy(licence, intake::v1::EXCLUSION_LIMB_LICENSING_DECISION,
                    "the licensing committee decided it and may review it", "LIC/26/031"),
          coordinator);
  year.Do(
      DeclineBy(appeal, intake::v1::EXCLUSION_LIMB_RIGHT_OF_REVIEW_OR_APPEAL,
                "an independent panel hears appeals for school places", "the letter of 2 March"),
      coordinator);
  year.Refused(
      DeclineBy(again, intake::v1::EXCLUSION_LIMB_VEXATIOUS_DISCRIMINATORY_OR_NOT_REASONABLE,
                "the eleventh of its kind", "the ten before it"),
      coordinator, "RULING_NEEDS_TWO");
  RuleOut(year, again);
}

Life OverriddenBySystemicFailure(Year& year) {
  co_await year.On(absl::CivilDay(2026, 3, 3));
  Row row = StoryRow(year, kSandford, 4, "drain-flooding",
                     "The lane floods in every rain; each complaint is sent to appeal");
  row.details.set_regime(intake::v1::REGIME_OTHER_MATTER);
  row.details.set_systemic_failure("no drain of this estate has been cleaned for four years");
  const Council& council = year.places().Of(kSandford);
  std::string call = year.Do(LogOf(row), CouncillorActor(row.details.councillor()));
  co_await year.Days(4);
  year.Refused(DeclineBy(call, intake::v1::EXCLUSION_LIMB_RIGHT_OF_REVIEW_OR_APPEAL,
                         "the complaints procedure ends with the ombudsman", "stage two letter"),
               council.coordinator, "OVERRIDDEN_BY_SYSTEMIC_FAILURE");
  year.Do(AcceptanceOf(call, "a systemic failure is alleged: it is screened on its merits"),
          council.coordinator);
  WorkThrough(year, year.town().Story(call).problem());
}

Life RulingAppealed(Year& year) {
  co_await year.On(absl::CivilDay(2026, 4, 14));
  const Council& council = year.places().Of(kSandford);
  std::string call = LogOtherMatter(year, 5, "verge-parking", "Vans stand on the verge every day");
  co_await year.Days(2);
  RuleOut(year, call);
  co_await year.Days(9);
  auto appeal = About<intake::v1::AppealRulingRequest>(call);
  appeal.set_grounds("nobody has looked at the verge since the ninth call");
  year.Do(appeal, CouncillorOf(year, call));
  co_await year.Days(7);
  auto uphold = WithReason<intake::v1::DecideAppealRequest>(call, "it was never visited");
  uphold.set_upheld(true);
  year.Do(uphold, council.committee);
  co_await year.Days(3);
  year.Do(AcceptanceOf(call, "vans stand there every day, and nobody owns the verge"),
          council.coordinator);
  WorkThrough(year, year.town().Story(call).problem());
}

Life ReferredToTheCounty(Year& year) {
  co_await year.On(absl::CivilDay(2026, 5, 12));
  constexpr char kCounty[] = "councils/E10900001";
  routing::v1::RegisterCouncilRequest county;
  county.mutable_council()->set_name(kCounty);
  county.mutable_council()->set_title("Sandfordshire County Council");
  county.mutable_council()->set_kind("county");
  year.Do(county, kAdministrator);
  Row row = StoryRow(year, kSandford, 6, "county-road",
                     "The lorries' road is breaking up in front of the school");
  std::string call = year.Do(LogOf(row), CouncillorActor(row.details.councillor()));
  co_await year.Days(2);
  auto refer = WithReason<intake::v1::ReferCallToCouncilRequest>(call, "it is a county road");
  refer.set_council(kCounty);
  year.Do(refer, year.places().Of(kSandford).coordinator);
  co_await year.Days(6);
  auto repair = WithReason<intake::v1::ReferCallToServiceRequest>(
      absl::StrCat(kCounty, "/calls/2026-000001"), "it is on the list for August");
  repair.set_service("county highways");
  year.Do(repair, "coordinator:ash");
}

Life SingleServicesFault(Year& year) {
  co_await year.On(absl::CivilDay(2026, 3, 17));
  Row row =
      StoryRow(year, kRiverton, 0, "street-sign", "The sign at the corner points the wrong way");
  const std::string& coordinator = year.places().Of(kRiverton).coordinator;
  std::string call = year.Do(LogOf(row), CouncillorActor(row.details.councillor()));
  auto accept = WithReason<intake::v1::AcceptCallRequest>(call, "it was asked for");
  accept.mutable_multi_agency()->add_services("highways");
  year.Refused(accept, coordinator, "SINGLE_SERVICE");
  auto refer = WithReason<intake::v1::ReferCallToServiceRequest>(call, "one sign, one service");
  refer.set_service("highways");
  year.Do(refer, coordinator);
}

Life MergedCalls(Year& year) {
  co_await year.On(absl::CivilDay(2026, 5, 12));
  Row row = StoryRow(year, kRiverton, 1, "rats", "Rats come from the yard behind the bakery");
  const std::string& coordinator = year.places().Of(kRiverton).coordinator;
  std::string first = LogAndAccept(year, row);
  std::string problem = year.town().Story(first).problem();
  co_await year.Days(6);
  row.details.set_summary("Rats in the garden of the house next to the bakery");
  std::string second = LogAndAccept(year, row);
  auto attach = WithReason<sara::v1::AttachCallRequest>(problem, "the same yard");
  attach.set_call(second);
  year.Do(attach, coordinator);
  auto tell = About<intake::v1::TellCallerRequest>(second);
  tell.set_message("your call is worked on with your neighbour's; you are told by yourself");
  year.Do(tell, coordinator);
  WorkThrough(year, problem);
}

Life ParkedAndRecalled(Year& year) {
  co_await year.On(absl::CivilDay(2026, 6, 9));
  const std::string& coordinator = year.places().Of(kCollingbridge).coordinator;
  Row row =
      StoryRow(year, kCollingbridge, 0, "barbecue-fire", "A disposable barbecue left burning");
  for (int i = 0; i < 2; ++i) {
    std::string call = year.Do(LogOf(row), CouncillorActor(row.details.councillor()));
    co_await year.Days(2);
    year.Do(WithReason<intake::v1::ParkCallRequest>(call, "once, and put out"), coordinator);
    co_await year.Days(10);
  }
  std::string third = LogAndAccept(year, row);
  co_await year.Days(2);
  WorkThrough(year, year.town().Story(third).problem());
}

Life NotFixedAndReopened(Year& year) {
  co_await year.On(absl::CivilDay(2026, 2, 10));
  Row row = StoryRow(year, kRiverton, 2, "sewer-smell", "It smells of sewage by the underpass");
  std::string problem = ProblemInResponse(year, row);
  std::string call = year.town().ProblemNamed(problem).calls(0);
  co_await year.Days(3);
  ProposeTo(year, problem, "council", 30);
  AcceptIt(year, problem, LastAction(year, problem));
  co_await year.Days(12);
  CompleteIt(year, problem, LastAction(year, problem));
  AssessIt(year, problem, sara::v1::RESULT_REDUCED);
  CloseIt(year, problem);
  co_await year.Days(21);
  year.Do(WithReason<intake::v1::ReportNotFixedRequest>(call, "it smells as it did"),
          CouncillorOf(year, call));
  WorkThrough(year, problem);
}

Life NoPlaceNeedsAPerson(Year& year) {
  co_await year.On(absl::CivilDay(2026, 7, 7));
  const Council& council = year.places().Of(kRiverton);
  Row row =
      StoryRow(year, kRiverton, 3, "e-scooters", "Scooters at speed on pavements, everywhere");
  row.details.clear_place();
  row.details.clear_ward();
  std::string call = LogAndAccept(year, row);
  co_await year.Days(2);
  routing::v1::AssignCallRequest assign;
  assign.set_call(call);
  assign.set_team(council.wards.front().team);
  assign.set_reason("most of the pavements that are named lie in its ward");
  year.Do(assign, council.coordinator);
  WorkThrough(year, year.town().Story(call).problem());
}

}  // namespace ccfa::year
