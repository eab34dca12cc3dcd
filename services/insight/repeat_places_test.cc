#include "services/insight/repeat_places.h"

#include <gtest/gtest.h>

#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

Incident At(double lat, double lon, int month) {
  Incident incident;
  incident.point.set_lat(lat);
  incident.point.set_lon(lon);
  incident.month = absl::CivilMonth(2026, month);
  return incident;
}

// F20
TEST(RepeatPlaces, AreCountedByPointTheMostRepeatedFirst) {
  std::vector<Incident> incidents = {At(53.4, -2.9, 1), At(53.4, -2.9, 1), At(53.4, -2.9, 3),
                                     At(53.5, -2.9, 1), At(53.5, -2.9, 2), At(53.6, -2.9, 1)};
  v1::FindRepeatPlacesResponse found = RepeatPlacesOf(incidents, 0, 2, 100);
  ASSERT_EQ(found.places_size(), 2);
  EXPECT_EQ(found.places(0).calls(), 3);
  EXPECT_EQ(found.places(0).months(), 2);
  EXPECT_EQ(found.places(0).first_month(), "2026-01");
  EXPECT_EQ(found.places(0).last_month(), "2026-03");
  EXPECT_EQ(found.calls(), 6);
  EXPECT_EQ(found.places_in_all(), 3);
  EXPECT_EQ(found.repeat_places(), 2);
  EXPECT_EQ(found.calls_at_repeat_places(), 5);
  EXPECT_EQ(found.places_with_half(), 1);
}

// F20
TEST(RepeatPlaces, GatherWhatLiesInOneSquare) {
  // Eleven metres apart, and a kilometre.
  std::vector<Incident> incidents = {At(53.40010, -2.9, 1), At(53.40020, -2.9, 1),
                                     At(53.41, -2.9, 1)};
  EXPECT_EQ(RepeatPlacesOf(incidents, 0, 2, 100).places_size(), 0);
  ASSERT_EQ(RepeatPlacesOf(incidents, 100, 2, 100).places_size(), 1);
  EXPECT_EQ(RepeatPlacesOf(incidents, 100, 2, 100).places(0).calls(), 2);
  EXPECT_EQ(RepeatPlacesOf(incidents, 0, 1, 2).places_size(), 2);
  EXPECT_EQ(RepeatPlacesOf(incidents, 0, 1, 2).repeat_places(), 3);
}

// F20, F40
TEST(Incidents, AreCallsWithAPointThatWereNotTurnedAway) {
  constexpr char kHere[] = "happened: '2026-05' place { point { lat: 53.4 lon: -2.9 } }";
  Given given;
  given.Intake(Logged(kHere)).Intake(Logged("", kOther));
  given.Intake(Logged(kHere, "councils/E1/calls/2026-000003"));
  given.Intake(Of("call_declined", "councils/E1/calls/2026-000003"));
  given.Intake(Logged("place { point { lat: 53.4 lon: -2.9 } }", "councils/E1/calls/2026-000004"));
  std::vector<Incident> incidents = IncidentsOf(given.tables(), "E1", "litter");
  ASSERT_EQ(incidents.size(), 2);
  EXPECT_EQ(MonthText(incidents[0].month), "2026-05");
  EXPECT_EQ(MonthText(incidents[1].month), "2026-07");  // when it was logged
  EXPECT_EQ(IncidentsOf(given.tables(), "E1", "").size(), 2);
  EXPECT_EQ(IncidentsOf(given.tables(), "E1", "noise").size(), 0);
  EXPECT_EQ(IncidentsOf(given.tables(), "E2", "").size(), 0);
}

}  // namespace
}  // namespace ccfa::insight
