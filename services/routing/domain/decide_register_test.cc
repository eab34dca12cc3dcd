#include <gtest/gtest.h>

#include "services/routing/given.h"

namespace ccfa::routing {
namespace {

constexpr char kInvalid[] = "INVALID_ARGUMENT INVALID_FIELD ";

std::string WhenCouncil(Given& given, const std::string& text) {
  return given.When(kRegistrar, FromText<v1::RegisterCouncilRequest>(text));
}
std::string WhenAgency(Given& given, const std::string& text) {
  return given.When(kRegistrar, FromText<v1::RegisterAgencyRequest>(text));
}
std::string WhenCouncillor(Given& given, const std::string& text) {
  return given.When(kRegistrar, FromText<v1::RegisterCouncillorRequest>(text));
}

TEST(RegisterCouncil, SaysNothingTwiceAndWhatChanged) {
  Given given;
  EXPECT_EQ(WhenCouncil(given, "council { name: 'councils/E1' title: 'The council' }"), "nothing");
  EXPECT_EQ(WhenCouncil(given, "council { name: 'councils/E1' title: 'Renamed' }"),
            "CouncilRegistered");
}

TEST(RegisterCouncil, RefusesWhatHasNoNameOrTitle) {
  Given given;
  EXPECT_EQ(WhenCouncil(given, "council { name: 'E1' title: 'x' }"),
            std::string(kInvalid) + "council.name");
  EXPECT_EQ(WhenCouncil(given, "council { name: 'councils/E3' }"),
            std::string(kInvalid) + "council.title");
}

TEST(RegisterAgency, NeedsItsCouncil) {
  Given given;
  constexpr char kPolice[] = "agency { name: 'councils/E1/agencies/police' title: 'Police' }";
  EXPECT_EQ(WhenAgency(given, kPolice), "AgencyRegistered");
  EXPECT_EQ(WhenAgency(given, kPolice), "nothing");
  EXPECT_EQ(WhenAgency(given, "agency { name: 'councils/E9/agencies/police' title: 'Police' }"),
            "NOT_FOUND NOT_FOUND agency.name");
  EXPECT_EQ(WhenAgency(given, "agency { name: 'councils/E1/agencies/fire' }"),
            std::string(kInvalid) + "agency.title");
}

TEST(RegisterCouncillor, NeedsAWardOfTheCouncil) {
  Given given;
  constexpr char kCouncillor[] =
      "councillor { name: 'councils/E1/councillors/okafor' title: 'Okafor' ward: 'W1' }";
  EXPECT_EQ(WhenCouncillor(given, kCouncillor), "CouncillorRegistered");
  EXPECT_EQ(WhenCouncillor(given, kCouncillor), "nothing");
  EXPECT_EQ(WhenCouncillor(given,
                           "councillor { name: 'councils/E1/councillors/x' title: 'X'"
                           " ward: 'X1' }"),
            std::string(kInvalid) + "councillor.ward");
}

TEST(RegisterWard, KeepsItsTeamWhenItsBoundaryChanges) {
  Given given;
  EXPECT_EQ(given.WhenRegistered("E1", "W1", Square(53.40, -2.98)), "nothing");
  EXPECT_EQ(given.WhenRegistered("E1", "W1", Square(53.40, -2.985)), "WardRegistered");
  EXPECT_EQ(given.tables().wards.Get("councils/E1/wards/W1")->team(), "councils/E1/teams/north");
}

TEST(RegisterWard, RefusesABoundaryThatBoundsNothing) {
  Given given;
  v1::Boundary open = Square(53.5, -2.98), odd = Square(53.5, -2.98);
  open.mutable_polygons(0)->mutable_rings(0)->set_lat_e7(4, 1);
  odd.mutable_polygons(0)->mutable_rings(0)->add_lat_e7(0);
  EXPECT_EQ(given.WhenRegistered("E1", "W4", open), std::string(kInvalid) + "ward.boundary");
  EXPECT_EQ(given.WhenRegistered("E1", "W4", odd),
            std::string(kInvalid) + "ward.boundary.polygons[0].rings[0]");
  EXPECT_EQ(given.WhenRegistered("E1", "W4", {}), std::string(kInvalid) + "ward.boundary");
  EXPECT_EQ(given.WhenRegistered("E9", "W4", Square(53.5, -2.98)), "NOT_FOUND NOT_FOUND ward.name");
}

TEST(CreateTeam, CoversItsWardsAndHoldsAtLeastThreePriorities) {
  Given given;
  EXPECT_EQ(given.WhenCreated("west", "wards: 'W3'"), "TeamCreated");
  EXPECT_EQ(given.tables().wards.Get("councils/E1/wards/W3")->team(), "councils/E1/teams/west");
  EXPECT_EQ(given.event().team_created().team().priorities_at_once(), 3);
  EXPECT_EQ(given.WhenAccepted("ward: 'W3'"), "CallRouted");
}

TEST(CreateTeam, RefusesWhatCannotBe) {
  Given given;
  struct {
    const char *more, *refusal;
  } const kRefusals[] = {
      {"", "INVALID_ARGUMENT INVALID_FIELD team.wards"},
      {"wards: 'W9'", "INVALID_ARGUMENT INVALID_FIELD team.wards[0]"},
      {"wards: ['W3', 'W1']", "FAILED_PRECONDITION WARD_COVERED team.wards[1]"},
      {"wards: 'W3' priorities_at_once: 2",
       "INVALID_ARGUMENT INVALID_FIELD team.priorities_at_once"},
      {"wards: 'W3' priorities_at_once: 6",
       "INVALID_ARGUMENT INVALID_FIELD team.priorities_at_once"},
      {"wards: 'W3' quorum: -1", "INVALID_ARGUMENT INVALID_FIELD team.quorum"},
      {"wards: 'W3' meets_every_weeks: -1",
       "INVALID_ARGUMENT INVALID_FIELD team.meets_every_weeks"},
      {"wards: 'W3' chair: 'councils/E1/councillors/x'",
       "INVALID_ARGUMENT INVALID_FIELD team.chair"},
      {"wards: 'W3' members { agency: 'councils/E1/agencies/x' }",
       "INVALID_ARGUMENT INVALID_FIELD team.members[0].agency"},
  };
  for (const auto& expected : kRefusals) {
    EXPECT_EQ(given.WhenCreated("west", expected.more), expected.refusal) << expected.more;
  }
  EXPECT_EQ(given.WhenCreated("north", "wards: 'W3'"), "ALREADY_EXISTS ALREADY_EXISTS team.name");
}

TEST(CreateTeam, RefusesAMemberWhoseTermEndsOnNoDay) {
  Given given;
  EXPECT_EQ(WhenAgency(given, "agency { name: 'councils/E1/agencies/police' title: 'Police' }"),
            "AgencyRegistered");
  EXPECT_EQ(given.WhenCreated("west",
                              "wards: 'W3' members { agency: 'councils/E1/agencies/police'"
                              " term_ends: '2027-13-01' }"),
            std::string(kInvalid) + "team.members[0].term_ends");
}

}  // namespace
}  // namespace ccfa::routing
