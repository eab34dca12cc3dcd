#pragma once

#include <string>

#include "demo/year/year.h"

namespace ccfa::year {

/// Everybody who is in no story: callers, teams, agencies and committees, for the whole year.
void LiveAsACrowd(Year& year);

/// A call from the day somebody makes it until its problem has a team.
Life MakeCall(Year& year, Row row);
/// A problem worked by its team, stage after stage, until it ends or scrutiny has it.
Life WorkThrough(Year& year, std::string problem);
/// A team's meetings, every eight weeks, with its priorities at every second one.
Life MeetAsATeam(Year& year, const Council& council, const Ward& ward, int first_day);
/// A council's committee: meets every four weeks and decides what is on its agenda.
Life SitAsACommittee(Year& year, const Council& council);
/// Case reviews that calls brought about by themselves.
Life HoldCaseReviews(Year& year, const Council& council);
/// A referral under review, to recommendations, answers and its end.
Life ReviewReferral(Year& year, std::string referral);

}  // namespace ccfa::year
