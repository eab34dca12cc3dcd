#include "demo/year/stories.h"

#include "demo/year/requests.h"

namespace ccfa::year {

using test_support::About;

Row StoryRow(Year& year, const std::string& council, size_t place, const std::string& category,
             const std::string& summary) {
  Row row = year.places().RowIn(council, place);
  row.details.set_category(category);
  row.details.set_summary(summary);
  row.details.set_happened(year.DayAhead(-3));
  for (intake::v1::Attempt& tried : *row.details.mutable_tried())
    tried.set_date(year.DayAhead(-30));
  return row;
}

std::string LogAndAccept(Year& year, const Row& row) {
  std::string call = year.Do(LogOf(row), CouncillorActor(row.details.councillor()));
  auto told = About<intake::v1::AcknowledgeCallRequest>(call);
  told.set_message("received; you hear by next week what happens");
  year.Do(told, CouncillorActor(row.details.councillor()));
  year.Do(AcceptanceOf(call, "it persists, and needs more than one agency"),
          year.CouncilWith(call).coordinator);
  return call;
}

std::string ProblemInResponse(Year& year, const Row& row) {
  std::string problem = year.town().Story(LogAndAccept(year, row)).problem();
  year.Do(About<sara::v1::TakeUpProblemRequest>(problem), year.CouncilWith(problem).coordinator);
  ScanIt(year, problem);
  AnalyseIt(year, problem);
  return problem;
}

Life CouncilsChangeTheirRules(Year& year) {
  co_await year.On(absl::CivilDay(2026, 1, 26));
  for (const Council& council : year.places().councils()) {
    routing::v1::ConfigureCouncilRequest configure;
    configure.mutable_config()->set_name(council.name);
    configure.mutable_config()->mutable_sara()->mutable_stage()->set_length("8 weeks");
    if (council.name == kSandford) {
      configure.mutable_config()->mutable_intake()->mutable_screen()->set_length("15 working days");
    }
    year.Do(configure, kAdministrator);
  }
}

void TellStories(Year& year) {
  for (auto* story : {&CouncilsChangeTheirRules,
                      &DeclinedByEachLimb,
                      &OverriddenBySystemicFailure,
                      &RulingAppealed,
                      &SingleServicesFault,
                      &ReferredToTheCounty,
                      &MergedCalls,
                      &ParkedAndRecalled,
                      &NotFixedAndReopened,
                      &NoPlaceNeedsAPerson,
                      &JointProblem,
                      &DeclinedAction,
                      &ThroughTheTaskingGroup,
                      &SolvedAndComesBack,
                      &TeamMeetingNotQuorate,
                      &ReviewToRecommendations,
                      &PartialResponse,
                      &OverdueAnswer,
                      &CaseReviewHeld,
                      &CaseReviewAppealed}) {
    story(year);
  }
}

}  // namespace ccfa::year
