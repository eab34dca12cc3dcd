#pragma once

#include "demo/year/year.h"

namespace ccfa::year {

/// What happens in a year somewhere, told on purpose once each: its name says what. Every story is
/// of a category of its own, so that the crowd has no part in it.
void TellStories(Year& year);

/// A call of a story: the crowd's words and place, a category and a summary of its own.
Row StoryRow(Year& year, const std::string& council, size_t place, const std::string& category,
             const std::string& summary);
/// Logged and accepted; gives its name.
std::string LogAndAccept(Year& year, const Row& row);
/// Logged, accepted, and brought to response at once; gives the problem.
std::string ProblemInResponse(Year& year, const Row& row);

/// Each council sets rules of its own over the defaults, while clocks run.
Life CouncilsChangeTheirRules(Year& year);

// At the door.
Life DeclinedByEachLimb(Year& year);
Life OverriddenBySystemicFailure(Year& year);
Life RulingAppealed(Year& year);
Life SingleServicesFault(Year& year);
Life ReferredToTheCounty(Year& year);
Life MergedCalls(Year& year);
Life ParkedAndRecalled(Year& year);
Life NotFixedAndReopened(Year& year);
Life NoPlaceNeedsAPerson(Year& year);

// With a team.
Life JointProblem(Year& year);
Life DeclinedAction(Year& year);
Life ThroughTheTaskingGroup(Year& year);
Life SolvedAndComesBack(Year& year);
Life TeamMeetingNotQuorate(Year& year);

// With overview and scrutiny.
Life ReviewToRecommendations(Year& year);
Life PartialResponse(Year& year);
Life OverdueAnswer(Year& year);
Life CaseReviewHeld(Year& year);
Life CaseReviewAppealed(Year& year);

}  // namespace ccfa::year
